SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA drizzle;
CREATE SCHEMA pgboss;
CREATE TYPE pgboss.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'cancelled',
    'failed'
);
CREATE FUNCTION pgboss.create_queue(queue_name text, options jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
    DECLARE
      tablename varchar := CASE WHEN options->>'partition' = 'true'
                            THEN 'j' || encode(sha224(queue_name::bytea), 'hex')
                            ELSE 'job_common'
                            END;
      queue_created_on timestamptz;
    BEGIN
      WITH q as (
        INSERT INTO pgboss.queue (
          name,
          policy,
          retry_limit,
          retry_delay,
          retry_backoff,
          retry_delay_max,
          expire_seconds,
          retention_seconds,
          deletion_seconds,
          warning_queued,
          dead_letter,
          partition,
          table_name,
          heartbeat_seconds,
          notify,
          created_on,
          updated_on
        )
        VALUES (
          queue_name,
          options->>'policy',
          COALESCE((options->>'retryLimit')::int, 2),
          COALESCE((options->>'retryDelay')::int, 0),
          COALESCE((options->>'retryBackoff')::bool, false),
          (options->>'retryDelayMax')::int,
          COALESCE((options->>'expireInSeconds')::int, 900),
          COALESCE((options->>'retentionSeconds')::int, 1209600),
          COALESCE((options->>'deleteAfterSeconds')::int, 604800),
          COALESCE((options->>'warningQueueSize')::int, 0),
          options->>'deadLetter',
          COALESCE((options->>'partition')::bool, false),
          tablename,
          (options->>'heartbeatSeconds')::int,
          COALESCE((options->>'notify')::bool, false),
          pgboss.job_now(),
          pgboss.job_now()
        )
        ON CONFLICT DO NOTHING
        RETURNING created_on
      )
      SELECT created_on into queue_created_on from q;
      IF queue_created_on IS NULL OR options->>'partition' IS DISTINCT FROM 'true' THEN
        RETURN;
      END IF;
      EXECUTE format('CREATE TABLE pgboss.%I (LIKE pgboss.job INCLUDING DEFAULTS)', tablename);
      EXECUTE pgboss.job_table_format($cmd$ALTER TABLE pgboss.job ADD PRIMARY KEY (name, id)$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$ALTER TABLE pgboss.job ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$ALTER TABLE pgboss.job ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$CREATE INDEX job_i11 ON pgboss.job (name, priority DESC, created_on, start_after) WHERE state < 'active' AND NOT blocked$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i4 ON pgboss.job (name, singleton_on, COALESCE(singleton_key, '')) WHERE state <> 'cancelled' AND singleton_on IS NOT NULL$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$CREATE INDEX job_i7 ON pgboss.job (name, group_id) WHERE state = 'active' AND group_id IS NOT NULL$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$CREATE INDEX job_i9 ON pgboss.job (name, id) WHERE blocking AND state = 'completed'$cmd$, tablename);
      EXECUTE pgboss.job_table_format($cmd$CREATE INDEX job_i12 ON pgboss.job (source_root_id) WHERE source_root_id IS NOT NULL$cmd$, tablename);
      IF options->>'policy' = 'short' THEN
        EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i1 ON pgboss.job (name, COALESCE(singleton_key, '')) WHERE state = 'created' AND policy = 'short'$cmd$, tablename);
      ELSIF options->>'policy' = 'singleton' THEN
        EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i2 ON pgboss.job (name, COALESCE(singleton_key, '')) WHERE state = 'active' AND policy = 'singleton'$cmd$, tablename);
      ELSIF options->>'policy' = 'stately' THEN
        EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i3 ON pgboss.job (name, state, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'stately'$cmd$, tablename);
      ELSIF options->>'policy' = 'exclusive' THEN
        EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i6 ON pgboss.job (name, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'exclusive'$cmd$, tablename);
      ELSIF options->>'policy' = 'key_strict_fifo' THEN
        EXECUTE pgboss.job_table_format($cmd$CREATE UNIQUE INDEX job_i8 ON pgboss.job (name, singleton_key) WHERE state IN ('active', 'retry', 'failed') AND policy = 'key_strict_fifo'$cmd$, tablename);
        EXECUTE pgboss.job_table_format($cmd$CREATE INDEX job_i10 ON pgboss.job (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'$cmd$, tablename);
        EXECUTE pgboss.job_table_format($cmd$ALTER TABLE pgboss.job ADD CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK (NOT (policy = 'key_strict_fifo' AND singleton_key IS NULL))$cmd$, tablename);
      END IF;
      EXECUTE format('ALTER TABLE pgboss.%I ADD CONSTRAINT cjc CHECK (name=%L)', tablename, queue_name);
      EXECUTE format('ALTER TABLE pgboss.job ATTACH PARTITION pgboss.%I FOR VALUES IN (%L)', tablename, queue_name);
    END;
    $_$;
CREATE FUNCTION pgboss.delete_queue(queue_name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
    DECLARE
      v_table varchar;
      v_partition bool;
    BEGIN
      
      SELECT table_name, partition
      FROM pgboss.queue
      WHERE name = queue_name
      INTO v_table, v_partition;
      IF v_partition THEN
        EXECUTE format('DROP TABLE IF EXISTS pgboss.%I', v_table);
      ELSE
        EXECUTE format('DELETE FROM pgboss.%I WHERE name = %L', v_table, queue_name);
      END IF;
    
      DELETE FROM pgboss.queue WHERE name = queue_name;
    END;
    $$;
CREATE FUNCTION pgboss.job_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
      SELECT pg_catalog.now();
    $$;
CREATE FUNCTION pgboss.job_table_format(command text, table_name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
      SELECT format(
        regexp_replace(
          regexp_replace(command, '\.job\y', '.%1$I', 'g'),
          '\yjob_i(\d+)', '%1$s_i\1', 'g'
        ),
        table_name
      );
    $_$;
CREATE FUNCTION pgboss.job_table_run(command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
    DECLARE
      tbl RECORD;
    BEGIN
      IF queue_name IS NOT NULL THEN
        SELECT table_name INTO tbl_name FROM pgboss.queue WHERE name = queue_name;
      END IF;
      IF tbl_name IS NOT NULL THEN
        EXECUTE pgboss.job_table_format(command, tbl_name);
        RETURN;
      END IF;
      EXECUTE pgboss.job_table_format(command, 'job_common');
      FOR tbl IN SELECT table_name FROM pgboss.queue WHERE partition = true
      LOOP
        EXECUTE pgboss.job_table_format(command, tbl.table_name);
      END LOOP;
    END;
    $$;
CREATE FUNCTION pgboss.job_table_run_async(command_name text, version integer, command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF queue_name IS NOT NULL THEN
        SELECT table_name INTO tbl_name FROM pgboss.queue WHERE name = queue_name;
      END IF;
      IF tbl_name IS NOT NULL THEN
        INSERT INTO pgboss.bam (name, version, status, queue, table_name, command)
        VALUES (
          command_name,
          version,
          'pending',
          queue_name,
          tbl_name,
          pgboss.job_table_format(command, tbl_name)
        );
        RETURN;
      END IF;
      INSERT INTO pgboss.bam (name, version, status, queue, table_name, command)
      SELECT
        command_name,
        version,
        'pending',
        NULL,
        'job_common',
        pgboss.job_table_format(command, 'job_common')
      UNION ALL
      SELECT
        command_name,
        version,
        'pending',
        queue.name,
        queue.table_name,
        pgboss.job_table_format(command, queue.table_name)
      FROM pgboss.queue
      WHERE partition = true;
    END;
    $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);
CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;
CREATE TABLE pgboss.bam (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    queue text,
    table_name text NOT NULL,
    command text NOT NULL,
    error text,
    created_on timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone
);
CREATE TABLE pgboss.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid
)
PARTITION BY LIST (name);
CREATE TABLE pgboss.job_common (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid,
    CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK ((NOT ((policy = 'key_strict_fifo'::text) AND (singleton_key IS NULL))))
);
CREATE TABLE pgboss.job_dependency (
    child_name text NOT NULL,
    child_id uuid NOT NULL,
    parent_name text NOT NULL,
    parent_id uuid NOT NULL
);
CREATE TABLE pgboss.queue (
    name text NOT NULL,
    policy text NOT NULL,
    retry_limit integer NOT NULL,
    retry_delay integer NOT NULL,
    retry_backoff boolean NOT NULL,
    retry_delay_max integer,
    expire_seconds integer NOT NULL,
    retention_seconds integer NOT NULL,
    deletion_seconds integer NOT NULL,
    dead_letter text,
    partition boolean NOT NULL,
    table_name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    warning_queued integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer DEFAULT 0 NOT NULL,
    completed_delta integer DEFAULT 0 NOT NULL,
    failed_delta integer DEFAULT 0 NOT NULL,
    delta_on timestamp with time zone,
    delta_seconds integer,
    ready_history integer[] DEFAULT '{}'::integer[] NOT NULL,
    heartbeat_seconds integer,
    notify boolean DEFAULT false NOT NULL,
    singletons_active text[],
    monitor_claim_on timestamp with time zone,
    monitor_on timestamp with time zone,
    maintain_on timestamp with time zone,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT queue_check CHECK ((dead_letter IS DISTINCT FROM name))
);
CREATE TABLE pgboss.queue_stats (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer,
    completed_delta integer,
    failed_delta integer,
    delta_seconds integer,
    delta_on timestamp with time zone,
    captured_on timestamp with time zone DEFAULT now() NOT NULL
)
PARTITION BY RANGE (captured_on);
CREATE TABLE pgboss.queue_stats_20261129 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer,
    completed_delta integer,
    failed_delta integer,
    delta_seconds integer,
    delta_on timestamp with time zone,
    captured_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.queue_stats_20261130 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer,
    completed_delta integer,
    failed_delta integer,
    delta_seconds integer,
    delta_on timestamp with time zone,
    captured_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.schedule (
    name text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    kind text DEFAULT 'cron'::text NOT NULL,
    cron text NOT NULL,
    timezone text DEFAULT 'UTC'::text,
    data jsonb,
    options jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    last_job_id uuid,
    CONSTRAINT schedule_kind_check CHECK ((kind = ANY (ARRAY['cron'::text, 'rrule'::text])))
);
CREATE TABLE pgboss.subscription (
    event text NOT NULL,
    name text NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE pgboss.version (
    version integer NOT NULL,
    cron_on timestamp with time zone,
    bam_on timestamp with time zone,
    flow_on timestamp with time zone,
    reindex_on timestamp with time zone,
    monitor_backoff_on timestamp with time zone
);
CREATE TABLE pgboss.warning (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    type text NOT NULL,
    message text NOT NULL,
    data jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.access_token (
    key text NOT NULL,
    sealed text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.account (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    channel text NOT NULL,
    provider text NOT NULL,
    name text NOT NULL,
    config jsonb NOT NULL,
    validated boolean DEFAULT false NOT NULL,
    last_check_at timestamp with time zone,
    last_check jsonb,
    failing_since timestamp with time zone,
    failing_code text,
    failing_detail text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    receipt_token text,
    template_count integer,
    templates_asked_at timestamp with time zone
);
CREATE TABLE public.account_secret (
    account_id uuid NOT NULL,
    field text NOT NULL,
    sealed text NOT NULL,
    set_at timestamp with time zone NOT NULL
);
CREATE TABLE public.api_key (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    app_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    hash text NOT NULL,
    prefix text NOT NULL,
    channels text[] NOT NULL,
    created_by text,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_key_kind_is_known CHECK ((kind = ANY (ARRAY['live'::text, 'test'::text])))
);
CREATE TABLE public.app (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    logo text,
    language text DEFAULT 'en'::text NOT NULL,
    code_lifetime_minutes integer DEFAULT 10 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT app_code_lifetime CHECK (((code_lifetime_minutes >= 1) AND (code_lifetime_minutes <= 30)))
);
CREATE TABLE public.audit_event (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id text,
    actor_name text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    subject_id text,
    subject_name text,
    changes jsonb NOT NULL
);
CREATE TABLE public.credential (
    id text NOT NULL,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    user_id text NOT NULL,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamp with time zone,
    refresh_token_expires_at timestamp with time zone,
    scope text,
    password text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.device_event (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    app_id uuid NOT NULL,
    scenario text NOT NULL,
    reference text,
    idempotency_key text,
    body_hash text,
    answer json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.early_receipt (
    account_id uuid NOT NULL,
    provider_message_id text NOT NULL,
    reference text NOT NULL,
    state text NOT NULL,
    code text NOT NULL,
    detail text NOT NULL,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL
);
CREATE TABLE public.invitation (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    token_hash text NOT NULL,
    invited_by text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT invitation_role_is_known CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'author'::text, 'viewer'::text])))
);
CREATE TABLE public.limit_count (
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    count integer NOT NULL
);
CREATE TABLE public.member (
    organization_id uuid NOT NULL,
    user_id text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT member_role_is_known CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'author'::text, 'viewer'::text])))
);
CREATE TABLE public.message (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    app_id uuid,
    api_key_id uuid,
    kind text NOT NULL,
    channel text NOT NULL,
    scenario text NOT NULL,
    recipient text NOT NULL,
    status text NOT NULL,
    problem boolean DEFAULT false NOT NULL,
    waiting boolean DEFAULT false NOT NULL,
    job_id uuid,
    template_id uuid,
    template_version integer,
    account_id uuid,
    variables jsonb NOT NULL,
    sealed_variables text,
    reference text,
    idempotency_key text,
    body_hash text,
    attempt smallint DEFAULT 0 NOT NULL,
    error_code text,
    error_detail text,
    provider_message_id text,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    locale text,
    waits_for text,
    push_rule_id uuid,
    event_id uuid,
    settle_at timestamp with time zone,
    unsure_since timestamp with time zone
);
CREATE TABLE public.message_event (
    message_id uuid NOT NULL,
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    status text NOT NULL,
    attempt smallint NOT NULL,
    account_id uuid,
    code text,
    detail text,
    provider_message_id text,
    ms integer,
    next_at timestamp with time zone
);
ALTER TABLE public.message_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organization (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.provider_reference (
    account_id uuid NOT NULL,
    reference text NOT NULL,
    message_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.push_damping (
    rule_id uuid NOT NULL,
    recipient text NOT NULL,
    window_end timestamp with time zone NOT NULL,
    held_back integer NOT NULL,
    held_before integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.push_rule (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    app_id uuid NOT NULL,
    scenario text NOT NULL,
    account_id uuid,
    account_name text NOT NULL,
    content jsonb NOT NULL,
    variables jsonb NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    invalid_reason text,
    damping_seconds integer DEFAULT 0 NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by text,
    usable_since timestamp with time zone,
    CONSTRAINT push_rule_damping CHECK (((damping_seconds >= 0) AND (damping_seconds <= 86400)))
);
CREATE TABLE public.sample_value (
    organization_id uuid NOT NULL,
    user_id text NOT NULL,
    scenario text NOT NULL,
    "values" jsonb NOT NULL
);
CREATE TABLE public.scenario (
    organization_id uuid NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    name_en text NOT NULL,
    name_zh text NOT NULL,
    variables jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT scenario_key_form CHECK ((key ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
    CONSTRAINT scenario_kind_is_known CHECK ((kind = ANY (ARRAY['verification'::text, 'notification'::text])))
);
CREATE TABLE public.session (
    id text NOT NULL,
    user_id text NOT NULL,
    token text NOT NULL,
    organization_id uuid,
    ip_address text,
    user_agent text,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.sign_in_limit (
    id text NOT NULL,
    key text NOT NULL,
    count integer NOT NULL,
    last_request bigint NOT NULL
);
CREATE TABLE public.sign_in_token (
    id text NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.template (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    channel text NOT NULL,
    scenario text NOT NULL,
    app_id uuid,
    account_id uuid,
    content jsonb NOT NULL,
    variables jsonb NOT NULL,
    version integer NOT NULL,
    fall_back boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by text,
    locale text,
    standing jsonb DEFAULT '{}'::jsonb NOT NULL,
    standing_at timestamp with time zone,
    usable_since timestamp with time zone
);
CREATE TABLE public.template_proof (
    account_id uuid NOT NULL,
    subject text NOT NULL,
    state text NOT NULL,
    code text,
    detail text,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.template_version (
    template_id uuid NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    note text,
    author_id text,
    author_name text,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public."user" (
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_verified boolean DEFAULT false NOT NULL,
    image text,
    language text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.job_common DEFAULT;
ALTER TABLE ONLY pgboss.queue_stats ATTACH PARTITION pgboss.queue_stats_20261129 FOR VALUES FROM ('2026-11-29 00:00:00+00') TO ('2026-11-30 00:00:00+00');
ALTER TABLE ONLY pgboss.queue_stats ATTACH PARTITION pgboss.queue_stats_20261130 FOR VALUES FROM ('2026-11-30 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);
INSERT INTO drizzle.__drizzle_migrations VALUES (1, '7933d89d9ba117e91367959fdb82d7d66ad3b8176c1a4a27bfd2f8bef768d547', 1795348612869);
INSERT INTO drizzle.__drizzle_migrations VALUES (2, 'd183ee3158fcdcc62ce959be56534731e680e00d3e7c8757b015a3c2a9c25ada', 1795351060075);
INSERT INTO drizzle.__drizzle_migrations VALUES (3, '9f85cd68b909594d950efaee4c37792e7c4fdbf637eeae7f7f599fb00ac9bc6b', 1795627311274);
INSERT INTO drizzle.__drizzle_migrations VALUES (4, '0fd54a683e6e7e306b5b82410ce70f79c6ddec5e1c7c36779819d4b625380c65', 1795628831711);
INSERT INTO drizzle.__drizzle_migrations VALUES (5, '284bbd61710c0b8921a810a8b81c1233a563c329d29ca39bdbd2c896fb86f714', 1795630123899);
INSERT INTO pgboss.job_common VALUES ('01a22991-6c92-7415-abb7-a06c6e0db63d', 'deliveries', 10, '{"group": "01a22991-648a-7593-a974-6b4c88073f5f:email", "messageId": "01a22991-6c92-7415-abb7-a06c6e0db63d"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-648a-7593-a974-6b4c88073f5f:email', NULL, '2026-11-29 23:08:46.100717+00', '2026-11-29 23:08:46.100717+00', '2026-11-29 23:08:46.116775+00', '2026-11-29 23:08:46.267595+00', '2026-12-13 23:08:46.100717+00', NULL, NULL, 'standard', '2026-11-29 23:08:46.116775+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-6cd7-747a-b8fe-c90b8b915f75', 'deliveries', 0, '{"group": "01a22991-648a-7593-a974-6b4c88073f5f:email", "messageId": "01a22991-6cd7-747a-b8fe-c90b8b915f75"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-648a-7593-a974-6b4c88073f5f:email', NULL, '2026-11-29 23:08:46.167687+00', '2026-11-29 23:08:46.167687+00', '2026-11-29 23:08:46.176458+00', '2026-11-29 23:08:46.339687+00', '2026-12-13 23:08:46.167687+00', NULL, NULL, 'standard', '2026-11-29 23:08:46.176458+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-6d7d-778b-9305-ed3fdd191f3c', 'deliveries', 0, '{"group": "01a22991-648a-7593-a974-6b4c88073f5f:email", "messageId": "01a22991-6cd7-747a-b8fe-c90b8b915f75"}', 'created', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-648a-7593-a974-6b4c88073f5f:email', NULL, '2026-11-29 23:08:50.749+00', '2026-11-29 23:08:46.339687+00', NULL, NULL, '2026-12-13 23:08:50.749+00', NULL, NULL, 'standard', NULL, 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-6cf0-77bc-8cb4-79d57ae8533e', 'deliveries', 10, '{"group": "01a22991-648a-7593-a974-6b4c88073f5f:sms", "messageId": "01a22991-6cf0-77bc-8cb4-79d57ae8533e"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-648a-7593-a974-6b4c88073f5f:sms', NULL, '2026-11-29 23:08:46.194998+00', '2026-11-29 23:08:46.194998+00', '2026-11-29 23:08:46.201421+00', '2026-11-29 23:08:46.359379+00', '2026-12-13 23:08:46.194998+00', NULL, NULL, 'standard', '2026-11-29 23:08:46.201421+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-6d3d-73fb-830f-aa4a16f8e90b', 'deliveries', 0, '{"group": "01a22991-648a-7593-a974-6b4c88073f5f:email", "messageId": "01a22991-6d3d-73fb-830f-aa4a16f8e90b"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-648a-7593-a974-6b4c88073f5f:email', NULL, '2026-11-29 23:08:46.261504+00', '2026-11-29 23:08:46.261504+00', '2026-11-29 23:08:46.292038+00', '2026-11-29 23:08:46.367846+00', '2026-12-13 23:08:46.261504+00', NULL, NULL, 'standard', '2026-11-29 23:08:46.292038+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.queue VALUES ('deliveries', 'standard', 1000, 0, false, NULL, 3600, 1209600, 3600, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, '{}', 12, false, NULL, NULL, NULL, NULL, '2026-11-29 23:08:43.885289+00', '2026-11-29 23:08:43.885289+00');
INSERT INTO pgboss.version VALUES (43, NULL, '2026-11-29 23:08:43.889264+00', '2026-11-29 23:08:45.998073+00', NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-64ac-7409-ba23-842ec085ee06', '01a22991-648a-7593-a974-6b4c88073f5f', 'email', 'smtp', 'Sandbox mail', '{"host": "localhost", "port": 40931, "replyTo": "", "fromName": "Acme", "username": "no-reply@sandbox.test", "encryption": "starttls", "fromAddress": "no-reply@sandbox.test"}', true, '2026-11-29 23:08:44.133+00', '[{"ms": 4, "ok": true, "stage": "resolve"}, {"ms": 3, "ok": true, "stage": "connect"}, {"ms": 27, "ok": true, "stage": "tls"}, {"ms": 1, "ok": true, "stage": "login"}, {"ms": 2, "ok": true, "stage": "sender"}]', NULL, NULL, NULL, '2026-11-29 23:08:44.078+00', '2026-11-29 23:08:44.078+00', NULL, NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-651a-7649-a061-50f5006a9c43', '01a22991-648a-7593-a974-6b4c88073f5f', 'sms', 'aliyun-sms', 'Sandbox SMS', '{"region": "mainland", "accessKeyId": "LTAI5tSimulatorKeyOfTests"}', true, '2026-11-29 23:08:44.218+00', '[{"ms": 13, "ok": true, "stage": "credentials"}, {"ms": 0, "ok": true, "stage": "signatures"}, {"ms": 5, "ok": true, "stage": "templates"}]', NULL, NULL, NULL, '2026-11-29 23:08:44.188+00', '2026-11-29 23:08:44.188+00', 'EFN-6asc6RDFQINofNFIPrFWo2jFT5tD', NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '01a22991-648a-7593-a974-6b4c88073f5f', 'voice', 'aliyun-voice', 'Sandbox voice', '{"accessKeyId": "LTAI5tSimulatorKeyOfTests"}', true, '2026-11-29 23:08:44.428+00', '[{"ms": 3, "ok": true, "stage": "credentials"}, {"ms": 0, "ok": true, "stage": "permission"}]', NULL, NULL, NULL, '2026-11-29 23:08:44.418+00', '2026-11-29 23:08:44.418+00', 'LlQn3g2bn14cTe-pbWAf67g-SixbytLC', NULL, NULL);
INSERT INTO public.account_secret VALUES ('01a22991-64ac-7409-ba23-842ec085ee06', 'password', '1.8c0cc17a.TE5qiI9hdvrwfArITztuFxqf40jGn1KzPH7XYnX7Jz3s_8lDN2DtVQ18N9quUY2e7nM', '2026-11-29 23:08:44.078+00');
INSERT INTO public.account_secret VALUES ('01a22991-651a-7649-a061-50f5006a9c43', 'accessKeySecret', '1.8c0cc17a.XZs0dODYWoeJMH--jVnBW4NvAaKMl7pocp5_nvOzdcT0Kj9CUYXNjUj00b3XF_oh17pl8J9tJg', '2026-11-29 23:08:44.188+00');
INSERT INTO public.account_secret VALUES ('01a22991-6602-7151-839b-1b78ca00b432', 'accessKeySecret', '1.8c0cc17a.5cLvvsPMAbAxeAufGoiVvwNll9iibqKbker8K7R4WlelaxwNpuriGUuR2GN0uDcCI7QZJpsBRw', '2026-11-29 23:08:44.418+00');
INSERT INTO public.api_key VALUES ('01a22991-649c-714f-9d86-01998adfa602', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-6492-703d-9504-07153384459f', 'Sandbox test', 'test', 'ZQ1M4yN_bQ_KGzxr0-Jq0nZ436hkpTc0hDTdPXpxbuE', 'sk_test_nLFb', '{}', '01a22991-643f-7675-8382-fdc8b18a97ec', '2026-11-29 23:08:44.06+00', NULL, NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-64a4-7779-a44d-76a5d6562c81', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', 'Sandbox test', 'test', 'LpD6XHX1lUSfhvF4mA2BdIEB_VKPYzOK3cycNT57LhE', 'sk_test_oDWc', '{}', '01a22991-643f-7675-8382-fdc8b18a97ec', '2026-11-29 23:08:44.068+00', NULL, NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-6498-73e7-861c-e3216c40ce87', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-6492-703d-9504-07153384459f', 'Sandbox live', 'live', '6Ti5FYAD6fjVFR-DTlOPIRgGkMv__vxq7u5nCrf-lBo', 'sk_live_OSG6', '{}', '01a22991-643f-7675-8382-fdc8b18a97ec', '2026-11-29 23:08:44.057+00', '2026-11-29 23:08:46.081+00', NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-64a1-754b-9f34-b03de640eb15', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', 'Sandbox live', 'live', 'WMJg1R84xxJn5hyeLhTjVCAqeSZPIafmBlsyiYl-gyE', 'sk_live_FNug', '{}', '01a22991-643f-7675-8382-fdc8b18a97ec', '2026-11-29 23:08:44.065+00', '2026-11-29 23:08:46.225+00', NULL, NULL);
INSERT INTO public.app VALUES ('01a22991-6492-703d-9504-07153384459f', '01a22991-648a-7593-a974-6b4c88073f5f', 'shop', 'Shop', NULL, 'en', 10, '2026-11-29 23:08:44.051+00');
INSERT INTO public.app VALUES ('01a22991-649e-73c4-b0aa-59ddc7d7ca24', '01a22991-648a-7593-a974-6b4c88073f5f', 'smart-home', 'Smart Home', NULL, 'zh-CN', 10, '2026-11-29 23:08:44.063+00');
INSERT INTO public.audit_event VALUES ('01a22991-6495-73a5-9bbe-ac22fc0e4fca', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.053+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'app', '01a22991-6492-703d-9504-07153384459f', 'Shop', '{"key": "shop"}');
INSERT INTO public.audit_event VALUES ('01a22991-649a-7487-abd5-bda7a80d4c2c', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.058+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'api_key', '01a22991-6498-73e7-861c-e3216c40ce87', 'Sandbox live', '{"kind": "live", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-649d-7785-a8ed-a082af7dcc7e', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.061+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'api_key', '01a22991-649c-714f-9d86-01998adfa602', 'Sandbox test', '{"kind": "test", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-649f-752e-83cb-c3bdb6a8f433', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.063+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'app', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', 'Smart Home', '{"key": "smart-home"}');
INSERT INTO public.audit_event VALUES ('01a22991-64a2-70d3-a292-b5453f4f3a2a', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.066+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'api_key', '01a22991-64a1-754b-9f34-b03de640eb15', 'Sandbox live', '{"kind": "live", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-64a5-77b4-8a12-07078b676d94', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.069+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'api_key', '01a22991-64a4-7779-a44d-76a5d6562c81', 'Sandbox test', '{"kind": "test", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-64b2-76d7-8d54-d7b1794cbf69', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.082+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'account', '01a22991-64ac-7409-ba23-842ec085ee06', 'Sandbox mail', '{"fields": ["host", "port", "encryption", "username", "password", "fromAddress", "fromName"], "channel": "email"}');
INSERT INTO public.audit_event VALUES ('01a22991-64e6-7328-809f-258680b01f75', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.134+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'validated', 'account', '01a22991-64ac-7409-ba23-842ec085ee06', 'Sandbox mail', '{"channel": "email"}');
INSERT INTO public.audit_event VALUES ('01a22991-64ee-7632-ba68-8ef1472deda1', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.142+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-64eb-7135-b8d0-7e73edf76b0b', 'registration', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-64f2-74dc-a468-a2342ae465c0', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.146+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-64f1-722c-97c1-74456aaad81b', 'login', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-64f6-76dc-ac9f-db2202bde2ef', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.15+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-64f4-7074-a691-067338bf9c11', 'password_recovery', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-64fc-764b-8a83-d73fd39d3482', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.156+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-64fa-7335-a39c-f299c7a8dc0f', 'change_contact', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-6505-73c6-8722-9e8cb4d86247', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.165+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-64ff-7263-8987-5c03d597afb3', 'device_alarm', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-650e-7237-bfbb-273bcf44ea96', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.174+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-650a-737b-a33c-3a10927d93ed', 'device_offline', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-6517-7109-be11-ca06d6f2d577', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.183+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6514-771f-ab51-fa72c10e6fee', 'login', '{"appId": "01a22991-649e-73c4-b0aa-59ddc7d7ca24", "locale": null, "channel": "email", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-651d-733a-9fbb-60f2a04578e1', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.189+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'account', '01a22991-651a-7649-a061-50f5006a9c43', 'Sandbox SMS', '{"fields": ["accessKeyId", "accessKeySecret", "region"], "channel": "sms"}');
INSERT INTO public.audit_event VALUES ('01a22991-653b-7181-baef-b56f55e9bb73', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.219+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'validated', 'account', '01a22991-651a-7649-a061-50f5006a9c43', 'Sandbox SMS', '{"channel": "sms"}');
INSERT INTO public.audit_event VALUES ('01a22991-6552-7660-a9bf-aeb7fed809fd', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.242+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6550-70f4-9868-34293e026c7e', 'registration', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-6566-7292-8b1f-4abc9129feaa', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.262+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-655f-76b0-be0e-22f396a6fced', 'login', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-65b2-71f2-a785-16ff7b24faeb', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.338+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-65b0-70f5-a2bb-ceb0d1aba085', 'password_recovery', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-65c6-7350-bd34-cf46bb008c63', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.358+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-65c4-7293-a975-266ab9e81bcf', 'change_contact', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-65d6-7631-ae8d-90c62e6ff627', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.374+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-65d4-7349-8a81-baf90d775f3c', 'device_alarm', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-65eb-7730-a3a9-7f6379e2ef19', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.395+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-65e7-70f5-9098-7b68c4477e78', 'device_offline', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-6600-7286-a9a1-b9a7886ba2c3', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.416+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-65fe-713a-9d20-402c5d392c5c', 'login', '{"appId": "01a22991-649e-73c4-b0aa-59ddc7d7ca24", "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-6605-747e-9e90-b747c491a2af', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.421+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'account', '01a22991-6602-7151-839b-1b78ca00b432', 'Sandbox voice', '{"fields": ["accessKeyId", "accessKeySecret"], "channel": "voice"}');
INSERT INTO public.audit_event VALUES ('01a22991-660c-7173-8242-bab51d398446', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.428+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'validated', 'account', '01a22991-6602-7151-839b-1b78ca00b432', 'Sandbox voice', '{"channel": "voice"}');
INSERT INTO public.audit_event VALUES ('01a22991-6614-76f9-b055-e492ea7ceb83', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.436+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6613-7225-b655-2d5927ce2304', 'registration', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-661b-710d-9e49-3c613d84cc7f', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.443+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6619-7292-a580-6f35146e799c', 'login', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-661f-744a-80c5-e4847a3c300a', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.447+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-661e-733d-b08e-ed40d068b7df', 'password_recovery', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-6624-70e1-9dda-a47d47fb26ec', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.452+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6622-75e6-9c4b-7f6a87e261f1', 'change_contact', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-662b-76ff-a981-a08154eeea34', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.459+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-662a-758c-a23a-ce57762434d4', 'device_alarm', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-6631-75aa-a7db-b14f48cb3f5e', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.465+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-662f-71fe-a698-5747319ba13b', 'device_offline', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-663a-76a3-9dab-3e1dd44e60a7', '01a22991-648a-7593-a974-6b4c88073f5f', '2026-11-29 23:08:44.474+00', '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', 'added', 'template', '01a22991-6639-713a-bcb7-3754ed943ac9', 'device_alarm', '{"appId": "01a22991-649e-73c4-b0aa-59ddc7d7ca24", "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.credential VALUES ('01a22991-6488-77f4-9cee-958ac5542024', '01a22991-643f-7675-8382-fdc8b18a97ec', 'credential', '01a22991-643f-7675-8382-fdc8b18a97ec', NULL, NULL, NULL, NULL, NULL, NULL, '77155ad6d1cfa26ec0b412eab9e59e32:b16052bea7d93e7d5ee60b9a5a8c9cf60c2b6dc565ac360e39aa250aedc4d0d5d3d2644893bc155770c299a3b508df890ea90a4f283e66c38c91b62e52c458c0', '2026-11-29 23:08:43.967+00', '2026-11-29 23:08:43.967+00');
INSERT INTO public.device_event VALUES ('01a22991-6d35-719c-a60d-d2a6d13473ff', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', 'device_alarm', NULL, '0.zmxudly2qgi', 'vtrid-Qko4_YI0HOjwje21kLXWi8EuhdLuEIqz3vn88', '{"id":"01a22991-6d35-719c-a60d-d2a6d13473ff","type":"device_alarm","messages":[{"id":"01a22991-6d3d-73fb-830f-aa4a16f8e90b","recipient":0,"channel":"email","to":"event@example.com","status":"queued"}],"skipped":[{"recipient":0,"channel":"official_account","reason":"no_rule"}]}', '2026-11-29 23:08:46.264+00');
INSERT INTO public.limit_count VALUES ('test-send:01a22991-643f-7675-8382-fdc8b18a97ec', '2026-11-29 23:00:00+00', 4);
INSERT INTO public.member VALUES ('01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-643f-7675-8382-fdc8b18a97ec', 'owner', '2026-11-29 23:08:44.044+00');
INSERT INTO public.message VALUES ('01a22991-6641-7445-a4ea-1147719fb48f', '01a22991-648a-7593-a974-6b4c88073f5f', NULL, NULL, 'test_send', 'voice', 'registration', '+8619958810338', 'sent', false, false, NULL, NULL, NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993724483^102179570583', NULL, '2026-11-29 23:08:44.481+00', '2026-11-29 23:08:44.486+00', NULL, NULL, NULL, NULL, '2026-11-29 23:18:44.485+00', NULL);
INSERT INTO public.message VALUES ('01a22991-6655-755b-811a-fc1517ffc589', '01a22991-648a-7593-a974-6b4c88073f5f', NULL, NULL, 'test_send', 'voice', 'device_alarm', '+8619936184725', 'sent', false, false, NULL, NULL, NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993724503^102179570584', NULL, '2026-11-29 23:08:44.501+00', '2026-11-29 23:08:44.504+00', NULL, NULL, NULL, NULL, '2026-11-29 23:18:44.504+00', NULL);
INSERT INTO public.message VALUES ('01a22991-6660-7509-aa06-7faa08d0d6ab', '01a22991-648a-7593-a974-6b4c88073f5f', NULL, NULL, 'test_send', 'voice', 'device_offline', '+8619902576217', 'sent', false, false, NULL, NULL, NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993724513^102179570585', NULL, '2026-11-29 23:08:44.512+00', '2026-11-29 23:08:44.515+00', NULL, NULL, NULL, NULL, '2026-11-29 23:18:44.514+00', NULL);
INSERT INTO public.message VALUES ('01a22991-666f-77d3-b26f-624ab6204fa3', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', NULL, 'test_send', 'voice', 'device_alarm', '+8619958098428', 'sent', false, false, NULL, NULL, NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993724529^102179570586', NULL, '2026-11-29 23:08:44.527+00', '2026-11-29 23:08:44.531+00', NULL, NULL, NULL, NULL, '2026-11-29 23:18:44.53+00', NULL);
INSERT INTO public.message VALUES ('01a22991-6c92-7415-abb7-a06c6e0db63d', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-6492-703d-9504-07153384459f', '01a22991-6498-73e7-861c-e3216c40ce87', 'live', 'email', 'login', 'sent@example.com', 'sent', false, false, '01a22991-6d18-74da-8d23-e20c0ff222ce', '01a22991-64f1-722c-97c1-74456aaad81b', 1, '01a22991-64ac-7409-ba23-842ec085ee06', '{"account": "sent@example.com", "app_name": "Shop", "expires_in_minutes": "10"}', NULL, NULL, '0.r5k5kj2tk0j', 'd_o2MAGGT7FYg3T1zuG1H5Odoz5Zo4x4vgC1ja-QGrU', 1, NULL, NULL, '<01a22991-6c92-7415-abb7-a06c6e0db63d@sandbox.test>', '2026-11-29 23:18:46.098+00', '2026-11-29 23:08:46.098+00', '2026-11-29 23:08:46.232+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-6cd7-747a-b8fe-c90b8b915f75', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-6492-703d-9504-07153384459f', '01a22991-6498-73e7-861c-e3216c40ce87', 'live', 'email', 'device_alarm', 'queued@example.com', 'queued', false, false, '01a22991-6d7d-778b-9305-ed3fdd191f3c', '01a22991-64ff-7263-8987-5c03d597afb3', 1, '01a22991-64ac-7409-ba23-842ec085ee06', '{"app_name": "Shop", "device_key": "p1", "alarm_level": "high", "device_name": "Pump", "occurred_at": "now", "alarm_content": "hot"}', NULL, NULL, '0.gkulmvvbr9e', 'd-ZYSRgeRxuE_FJNF44uvEngKTscB-HibvV-Nz4b7og', 1, 'ECONNECTION', '', NULL, NULL, '2026-11-29 23:08:46.167+00', '2026-11-29 23:08:46.333+00', NULL, NULL, NULL, NULL, NULL, '2026-11-29 23:08:46.216+00');
INSERT INTO public.message VALUES ('01a22991-6cf0-77bc-8cb4-79d57ae8533e', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-6492-703d-9504-07153384459f', '01a22991-6498-73e7-861c-e3216c40ce87', 'live', 'sms', 'login', '+8613900000001', 'sent', false, false, '01a22991-6d97-70e9-b94a-2e9c6ff0130e', '01a22991-655f-76b0-be0e-22f396a6fced', 1, '01a22991-651a-7649-a061-50f5006a9c43', '{"account": "+8613900000001", "app_name": "Shop", "expires_in_minutes": "10"}', NULL, NULL, '0.vfscnea082', 'pMDen8TeczAPW7LZxRry5cGwVwY55DHrTHarqp4NIz4', 1, NULL, NULL, '179599372632170587^0', '2026-11-29 23:18:46.192+00', '2026-11-29 23:08:46.192+00', '2026-11-29 23:08:46.359+00', NULL, NULL, NULL, NULL, '2026-11-29 23:18:46.359+00', NULL);
INSERT INTO public.message VALUES ('01a22991-6d3d-73fb-830f-aa4a16f8e90b', '01a22991-648a-7593-a974-6b4c88073f5f', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', '01a22991-64a1-754b-9f34-b03de640eb15', 'live', 'email', 'device_alarm', 'event@example.com', 'sent', false, false, '01a22991-6d9f-7780-9ee5-1da9247f637a', '01a22991-64ff-7263-8987-5c03d597afb3', 1, '01a22991-64ac-7409-ba23-842ec085ee06', '{"app_name": "Smart Home", "device_key": "p1", "alarm_level": "high", "device_name": "Pump", "occurred_at": "2026-11-25 18:00:00 UTC", "alarm_content": "hot"}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '<01a22991-6d3d-73fb-830f-aa4a16f8e90b@sandbox.test>', NULL, '2026-11-29 23:08:46.269+00', '2026-11-29 23:08:46.367+00', NULL, NULL, NULL, '01a22991-6d35-719c-a60d-d2a6d13473ff', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6641-7445-a4ea-1147719fb48f', 1, '2026-11-29 23:08:44.481+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6641-7445-a4ea-1147719fb48f', 2, '2026-11-29 23:08:44.481+00', 'sending', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6641-7445-a4ea-1147719fb48f', 3, '2026-11-29 23:08:44.489+00', 'sent', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, '116993724483^102179570583', 4, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6655-755b-811a-fc1517ffc589', 4, '2026-11-29 23:08:44.501+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6655-755b-811a-fc1517ffc589', 5, '2026-11-29 23:08:44.501+00', 'sending', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6655-755b-811a-fc1517ffc589', 6, '2026-11-29 23:08:44.505+00', 'sent', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, '116993724503^102179570584', 2, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6660-7509-aa06-7faa08d0d6ab', 7, '2026-11-29 23:08:44.512+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6660-7509-aa06-7faa08d0d6ab', 8, '2026-11-29 23:08:44.512+00', 'sending', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6660-7509-aa06-7faa08d0d6ab', 9, '2026-11-29 23:08:44.516+00', 'sent', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, '116993724513^102179570585', 2, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-666f-77d3-b26f-624ab6204fa3', 10, '2026-11-29 23:08:44.527+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-666f-77d3-b26f-624ab6204fa3', 11, '2026-11-29 23:08:44.527+00', 'sending', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-666f-77d3-b26f-624ab6204fa3', 12, '2026-11-29 23:08:44.532+00', 'sent', 1, '01a22991-6602-7151-839b-1b78ca00b432', NULL, NULL, '116993724529^102179570586', 3, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6c92-7415-abb7-a06c6e0db63d', 13, '2026-11-29 23:08:46.098+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6c92-7415-abb7-a06c6e0db63d', 14, '2026-11-29 23:08:46.118+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cd7-747a-b8fe-c90b8b915f75', 15, '2026-11-29 23:08:46.167+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cd7-747a-b8fe-c90b8b915f75', 16, '2026-11-29 23:08:46.178+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cf0-77bc-8cb4-79d57ae8533e', 17, '2026-11-29 23:08:46.192+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cf0-77bc-8cb4-79d57ae8533e', 18, '2026-11-29 23:08:46.223+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6d3d-73fb-830f-aa4a16f8e90b', 19, '2026-11-29 23:08:46.269+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6c92-7415-abb7-a06c6e0db63d', 20, '2026-11-29 23:08:46.232+00', 'sent', 1, '01a22991-64ac-7409-ba23-842ec085ee06', NULL, NULL, '<01a22991-6c92-7415-abb7-a06c6e0db63d@sandbox.test>', 87, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6d3d-73fb-830f-aa4a16f8e90b', 21, '2026-11-29 23:08:46.3+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cd7-747a-b8fe-c90b8b915f75', 22, '2026-11-29 23:08:46.333+00', 'retrying', 1, '01a22991-64ac-7409-ba23-842ec085ee06', 'ECONNECTION', '', NULL, 56, '2026-11-29 23:08:50.749+00');
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6cf0-77bc-8cb4-79d57ae8533e', 23, '2026-11-29 23:08:46.359+00', 'sent', 1, '01a22991-651a-7649-a061-50f5006a9c43', NULL, NULL, '179599372632170587^0', 55, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-6d3d-73fb-830f-aa4a16f8e90b', 24, '2026-11-29 23:08:46.367+00', 'sent', 1, '01a22991-64ac-7409-ba23-842ec085ee06', NULL, NULL, '<01a22991-6d3d-73fb-830f-aa4a16f8e90b@sandbox.test>', 21, NULL);
INSERT INTO public.organization VALUES ('01a22991-648a-7593-a974-6b4c88073f5f', 'Acme Devices', '2026-11-29 23:08:44.043+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '116993724483^102179570583', '01a22991-6641-7445-a4ea-1147719fb48f', '2026-11-29 23:08:44.488+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', 'beko7h2qyvmtnb3', '01a22991-6641-7445-a4ea-1147719fb48f', '2026-11-29 23:08:44.488+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '116993724503^102179570584', '01a22991-6655-755b-811a-fc1517ffc589', '2026-11-29 23:08:44.505+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '9mrwbhqiew4a5mp', '01a22991-6655-755b-811a-fc1517ffc589', '2026-11-29 23:08:44.505+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '116993724513^102179570585', '01a22991-6660-7509-aa06-7faa08d0d6ab', '2026-11-29 23:08:44.515+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', 'c1fv6j24p4hcqor', '01a22991-6660-7509-aa06-7faa08d0d6ab', '2026-11-29 23:08:44.515+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '116993724529^102179570586', '01a22991-666f-77d3-b26f-624ab6204fa3', '2026-11-29 23:08:44.532+00');
INSERT INTO public.provider_reference VALUES ('01a22991-6602-7151-839b-1b78ca00b432', 'rswax7734zrlqo7', '01a22991-666f-77d3-b26f-624ab6204fa3', '2026-11-29 23:08:44.532+00');
INSERT INTO public.template VALUES ('01a22991-64f1-722c-97c1-74456aaad81b', '01a22991-648a-7593-a974-6b4c88073f5f', 'email', 'login', NULL, NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">Your sign-in code is ${code}.</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">Sign in to ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Enter this code where you are signing in.</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${code} is your ${app_name} sign-in code"}', '["code", "expires_in_minutes", "app_name", "account"]', 1, false, '2026-11-29 23:08:44.144+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-64ff-7263-8987-5c03d597afb3', '01a22991-648a-7593-a974-6b4c88073f5f', 'email', 'device_alarm', NULL, NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">${alarm_content}, ${occurred_at}</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C22F2F;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">${device_name} reports an alarm</h1>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;\">\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Alarm</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_content}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Level</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_level}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_name}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device key</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_key}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Time</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${occurred_at}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Open ${app_name} to see the device and to acknowledge the alarm.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because alarms of this device are sent to you.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "[${alarm_level}] ${device_name}: ${alarm_content}"}', '["device_name", "device_key", "alarm_content", "alarm_level", "occurred_at", "app_name"]', 1, false, '2026-11-29 23:08:44.158+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-6514-771f-ab51-fa72c10e6fee', '01a22991-648a-7593-a974-6b4c88073f5f', 'email', 'login', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">你的登录验证码是 ${code}。</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">登录 ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">请在登录页面输入以下验证码。</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${app_name} 登录验证码：${code}"}', '["code", "expires_in_minutes", "app_name", "account"]', 1, false, '2026-11-29 23:08:44.177+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-655f-76b0-be0e-22f396a6fced', '01a22991-648a-7593-a974-6b4c88073f5f', 'sms', 'login', NULL, '01a22991-651a-7649-a061-50f5006a9c43', '{"mainland": {"mapping": {"code": {"variable": "code"}}, "signature": "星桥智家", "templateCode": "SMS_280010001", "templateText": "您的登录验证码为${code}，请勿告诉他人。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', '["code", "expires_in_minutes"]', 1, false, '2026-11-29 23:08:44.254+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:44.253+00', NULL);
INSERT INTO public.template VALUES ('01a22991-65d4-7349-8a81-baf90d775f3c', '01a22991-648a-7593-a974-6b4c88073f5f', 'sms', 'device_alarm', NULL, '01a22991-651a-7649-a061-50f5006a9c43', '{"mainland": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "星桥智家", "templateCode": "SMS_280020001", "templateText": "您的设备${device}发生告警：${content}，请及时处理。"}, "international": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "Starbridge", "templateCode": "SMS_280040002", "templateText": "Alarm from your device ${device}: ${content}. Check it soon."}}', '["device_name", "alarm_content"]', 1, false, '2026-11-29 23:08:44.368+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:44.367+00', NULL);
INSERT INTO public.template VALUES ('01a22991-65fe-713a-9d20-402c5d392c5c', '01a22991-648a-7593-a974-6b4c88073f5f', 'sms', 'login', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', '01a22991-651a-7649-a061-50f5006a9c43', '{"mainland": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "星桥验证", "templateCode": "SMS_280010004", "templateText": "验证码${code}，${ttl}分钟内有效，请勿泄露。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', '["code", "expires_in_minutes"]', 1, false, '2026-11-29 23:08:44.412+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:44.412+00', NULL);
INSERT INTO public.template VALUES ('01a22991-6619-7292-a580-6f35146e799c', '01a22991-648a-7593-a974-6b4c88073f5f', 'voice', 'login', NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{"speed": 0, "volume": 100, "mapping": {"code": {"variable": "code"}}, "ttsCode": "TTS_280010001", "playTimes": 2, "templateText": "您的验证码是${code}，请勿告诉他人。"}', '["code"]', 1, false, '2026-11-29 23:08:44.44+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:44.49+00', '2026-11-29 23:08:44.49+00');
INSERT INTO public.template VALUES ('01a22991-662a-758c-a23a-ce57762434d4', '01a22991-648a-7593-a974-6b4c88073f5f', 'voice', 'device_alarm', NULL, '01a22991-6602-7151-839b-1b78ca00b432', '{"speed": 0, "volume": 100, "mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020001", "playTimes": 2, "templateText": "您好，您的设备${device}发生告警，内容是${content}，请及时处理。"}', '["device_name", "alarm_content"]', 1, false, '2026-11-29 23:08:44.456+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:44.506+00', '2026-11-29 23:08:44.506+00');
INSERT INTO public.template VALUES ('01a22991-6639-713a-bcb7-3754ed943ac9', '01a22991-648a-7593-a974-6b4c88073f5f', 'voice', 'device_alarm', '01a22991-649e-73c4-b0aa-59ddc7d7ca24', '01a22991-6602-7151-839b-1b78ca00b432', '{"speed": 0, "volume": 100, "mapping": {"app": {"variable": "app_name"}, "level": {"variable": "alarm_level"}, "device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020003", "playTimes": 2, "templateText": "您好，${app}提醒您，设备${device}发生${level}级告警，内容是${content}，请及时处理。", "calledShowNumber": "057100000000"}', '["device_name", "alarm_content", "alarm_level", "app_name"]', 1, false, '2026-11-29 23:08:44.472+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:44.533+00', '2026-11-29 23:08:44.533+00');
INSERT INTO public.template_proof VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '["TTS_280010001","","code"]', 'proven', NULL, NULL, '2026-11-29 23:08:44.49+00');
INSERT INTO public.template_proof VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '["TTS_280020001","","content","device"]', 'proven', NULL, NULL, '2026-11-29 23:08:44.506+00');
INSERT INTO public.template_proof VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '["TTS_280020002","","device"]', 'proven', NULL, NULL, '2026-11-29 23:08:44.516+00');
INSERT INTO public.template_proof VALUES ('01a22991-6602-7151-839b-1b78ca00b432', '["TTS_280020003","057100000000","app","content","device","level"]', 'proven', NULL, NULL, '2026-11-29 23:08:44.533+00');
INSERT INTO public.template_version VALUES ('01a22991-64f1-722c-97c1-74456aaad81b', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">Your sign-in code is ${code}.</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">Sign in to ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Enter this code where you are signing in.</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${code} is your ${app_name} sign-in code"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.144+00');
INSERT INTO public.template_version VALUES ('01a22991-64ff-7263-8987-5c03d597afb3', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">${alarm_content}, ${occurred_at}</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C22F2F;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">${device_name} reports an alarm</h1>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;\">\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Alarm</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_content}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Level</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_level}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_name}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device key</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_key}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Time</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${occurred_at}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Open ${app_name} to see the device and to acknowledge the alarm.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because alarms of this device are sent to you.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "[${alarm_level}] ${device_name}: ${alarm_content}"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.158+00');
INSERT INTO public.template_version VALUES ('01a22991-6619-7292-a580-6f35146e799c', 1, '{"speed": 0, "volume": 100, "mapping": {"code": {"variable": "code"}}, "ttsCode": "TTS_280010001", "playTimes": 2, "templateText": "您的验证码是${code}，请勿告诉他人。"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.44+00');
INSERT INTO public.template_version VALUES ('01a22991-6514-771f-ab51-fa72c10e6fee', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">你的登录验证码是 ${code}。</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">登录 ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">请在登录页面输入以下验证码。</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${app_name} 登录验证码：${code}"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.177+00');
INSERT INTO public.template_version VALUES ('01a22991-655f-76b0-be0e-22f396a6fced', 1, '{"mainland": {"mapping": {"code": {"variable": "code"}}, "signature": "星桥智家", "templateCode": "SMS_280010001", "templateText": "您的登录验证码为${code}，请勿告诉他人。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.254+00');
INSERT INTO public.template_version VALUES ('01a22991-65d4-7349-8a81-baf90d775f3c', 1, '{"mainland": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "星桥智家", "templateCode": "SMS_280020001", "templateText": "您的设备${device}发生告警：${content}，请及时处理。"}, "international": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "Starbridge", "templateCode": "SMS_280040002", "templateText": "Alarm from your device ${device}: ${content}. Check it soon."}}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.368+00');
INSERT INTO public.template_version VALUES ('01a22991-65fe-713a-9d20-402c5d392c5c', 1, '{"mainland": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "星桥验证", "templateCode": "SMS_280010004", "templateText": "验证码${code}，${ttl}分钟内有效，请勿泄露。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.412+00');
INSERT INTO public.template_version VALUES ('01a22991-662a-758c-a23a-ce57762434d4', 1, '{"speed": 0, "volume": 100, "mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020001", "playTimes": 2, "templateText": "您好，您的设备${device}发生告警，内容是${content}，请及时处理。"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.456+00');
INSERT INTO public.template_version VALUES ('01a22991-6639-713a-bcb7-3754ed943ac9', 1, '{"speed": 0, "volume": 100, "mapping": {"app": {"variable": "app_name"}, "level": {"variable": "alarm_level"}, "device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020003", "playTimes": 2, "templateText": "您好，${app}提醒您，设备${device}发生${level}级告警，内容是${content}，请及时处理。", "calledShowNumber": "057100000000"}', NULL, '01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox', '2026-11-29 23:08:44.472+00');
INSERT INTO public."user" VALUES ('01a22991-643f-7675-8382-fdc8b18a97ec', 'Sandbox owner', 'owner@example.com', true, NULL, NULL, '2026-11-29 23:08:43.967+00', '2026-11-29 23:08:43.967+00');
SELECT pg_catalog.setval('drizzle.__drizzle_migrations_id_seq', 5, true);
SELECT pg_catalog.setval('public.message_event_id_seq', 24, true);
ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY pgboss.bam
    ADD CONSTRAINT bam_pkey PRIMARY KEY (id);
ALTER TABLE ONLY pgboss.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT job_common_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY pgboss.job_dependency
    ADD CONSTRAINT job_dependency_pkey PRIMARY KEY (child_name, child_id, parent_name, parent_id);
ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (name);
ALTER TABLE ONLY pgboss.queue_stats
    ADD CONSTRAINT queue_stats_pkey PRIMARY KEY (id, captured_on);
ALTER TABLE ONLY pgboss.queue_stats_20261129
    ADD CONSTRAINT queue_stats_20261129_pkey PRIMARY KEY (id, captured_on);
ALTER TABLE ONLY pgboss.queue_stats_20261130
    ADD CONSTRAINT queue_stats_20261130_pkey PRIMARY KEY (id, captured_on);
ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name, key);
ALTER TABLE ONLY pgboss.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (event, name);
ALTER TABLE ONLY pgboss.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY pgboss.warning
    ADD CONSTRAINT warning_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_secret
    ADD CONSTRAINT account_secret_account_id_field_pk PRIMARY KEY (account_id, field);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_hash_unique UNIQUE (hash);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.app
    ADD CONSTRAINT app_key_once_per_organization UNIQUE (organization_id, key);
ALTER TABLE ONLY public.app
    ADD CONSTRAINT app_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.device_event
    ADD CONSTRAINT device_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.early_receipt
    ADD CONSTRAINT early_receipt_account_id_provider_message_id_reference_state_pk PRIMARY KEY (account_id, provider_message_id, reference, state);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT "invitation_tokenHash_unique" UNIQUE (token_hash);
ALTER TABLE ONLY public.limit_count
    ADD CONSTRAINT limit_count_key_window_start_pk PRIMARY KEY (key, window_start);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_organization_id_user_id_pk PRIMARY KEY (organization_id, user_id);
ALTER TABLE ONLY public.message_event
    ADD CONSTRAINT message_event_message_id_id_pk PRIMARY KEY (message_id, id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT one_template_per_place_language_and_account UNIQUE NULLS NOT DISTINCT (organization_id, channel, scenario, app_id, locale, account_id);
ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.provider_reference
    ADD CONSTRAINT provider_reference_account_id_reference_pk PRIMARY KEY (account_id, reference);
ALTER TABLE ONLY public.push_damping
    ADD CONSTRAINT push_damping_rule_id_recipient_pk PRIMARY KEY (rule_id, recipient);
ALTER TABLE ONLY public.push_rule
    ADD CONSTRAINT push_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sample_value
    ADD CONSTRAINT sample_value_organization_id_user_id_scenario_pk PRIMARY KEY (organization_id, user_id, scenario);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_organization_id_key_pk PRIMARY KEY (organization_id, key);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_token_unique UNIQUE (token);
ALTER TABLE ONLY public.sign_in_limit
    ADD CONSTRAINT sign_in_limit_key_unique UNIQUE (key);
ALTER TABLE ONLY public.sign_in_limit
    ADD CONSTRAINT sign_in_limit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_token
    ADD CONSTRAINT sign_in_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template_proof
    ADD CONSTRAINT template_proof_account_id_subject_pk PRIMARY KEY (account_id, subject);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_template_id_version_pk PRIMARY KEY (template_id, version);
ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_email_unique UNIQUE (email);
ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX job_common_i1 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));
CREATE INDEX job_common_i10 ON pgboss.job_common USING btree (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE ((state < 'active'::pgboss.job_state) AND (NOT blocked) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i11 ON pgboss.job_common USING btree (name, priority DESC, created_on, start_after) WHERE ((state < 'active'::pgboss.job_state) AND (NOT blocked));
CREATE INDEX job_common_i12 ON pgboss.job_common USING btree (source_root_id) WHERE (source_root_id IS NOT NULL);
CREATE UNIQUE INDEX job_common_i2 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX job_common_i3 ON pgboss.job_common USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX job_common_i4 ON pgboss.job_common USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));
CREATE UNIQUE INDEX job_common_i6 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'exclusive'::text));
CREATE INDEX job_common_i7 ON pgboss.job_common USING btree (name, group_id) WHERE ((state = 'active'::pgboss.job_state) AND (group_id IS NOT NULL));
CREATE UNIQUE INDEX job_common_i8 ON pgboss.job_common USING btree (name, singleton_key) WHERE ((state = ANY (ARRAY['active'::pgboss.job_state, 'retry'::pgboss.job_state, 'failed'::pgboss.job_state])) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i9 ON pgboss.job_common USING btree (name, id) WHERE (blocking AND (state = 'completed'::pgboss.job_state));
CREATE INDEX job_dep_parent_idx ON pgboss.job_dependency USING btree (parent_name, parent_id);
CREATE INDEX queue_stats_i1 ON ONLY pgboss.queue_stats USING btree (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);
CREATE INDEX queue_stats_20261129_name_captured_on_deferred_count_queued_idx ON pgboss.queue_stats_20261129 USING btree (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);
CREATE INDEX queue_stats_20261130_name_captured_on_deferred_count_queued_idx ON pgboss.queue_stats_20261130 USING btree (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);
CREATE INDEX warning_i1 ON pgboss.warning USING btree (created_on DESC);
CREATE UNIQUE INDEX account_name_once_per_channel ON public.account USING btree (organization_id, channel, name);
CREATE INDEX account_organization_id_channel_id_index ON public.account USING btree (organization_id, channel, id);
CREATE INDEX api_key_app_id_index ON public.api_key USING btree (app_id);
CREATE INDEX audit_by_organization ON public.audit_event USING btree (organization_id, id);
CREATE INDEX credential_user_id_index ON public.credential USING btree (user_id);
CREATE INDEX device_event_by_age ON public.device_event USING btree (created_at);
CREATE UNIQUE INDEX device_event_idempotency ON public.device_event USING btree (app_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX early_receipt_received_at_index ON public.early_receipt USING btree (received_at);
CREATE INDEX limit_count_window_start_index ON public.limit_count USING btree (window_start);
CREATE INDEX member_user_id_index ON public.member USING btree (user_id);
CREATE INDEX message_by_app ON public.message USING btree (app_id, id);
CREATE INDEX message_by_organization ON public.message USING btree (organization_id, id);
CREATE INDEX message_by_recipient ON public.message USING btree (organization_id, recipient, id);
CREATE UNIQUE INDEX message_idempotency ON public.message USING btree (app_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX message_to_settle ON public.message USING btree (settle_at) WHERE (settle_at IS NOT NULL);
CREATE INDEX message_waiting ON public.message USING btree (organization_id, channel, id) WHERE waiting;
CREATE INDEX message_with_problem ON public.message USING btree (organization_id, id) WHERE problem;
CREATE UNIQUE INDEX official_account_once_per_organization ON public.account USING btree (organization_id, ((config ->> 'appId'::text))) WHERE (channel = 'official_account'::text);
CREATE UNIQUE INDEX one_account_per_receipt_token ON public.account USING btree (receipt_token);
CREATE UNIQUE INDEX one_open_invitation_per_address ON public.invitation USING btree (organization_id, email);
CREATE UNIQUE INDEX one_validated_account_per_channel ON public.account USING btree (organization_id, channel) WHERE validated;
CREATE INDEX provider_reference_created_at_index ON public.provider_reference USING btree (created_at);
CREATE INDEX push_damping_window_end_index ON public.push_damping USING btree (window_end);
CREATE INDEX push_rule_by_account ON public.push_rule USING btree (account_id);
CREATE INDEX push_rule_by_event ON public.push_rule USING btree (app_id, scenario);
CREATE INDEX push_rule_by_organization ON public.push_rule USING btree (organization_id, id);
CREATE UNIQUE INDEX push_rule_name_once_per_organization ON public.push_rule USING btree (organization_id, name);
CREATE INDEX session_user_id_index ON public.session USING btree (user_id);
CREATE INDEX template_by_account ON public.template USING btree (account_id);
ALTER INDEX pgboss.job_pkey ATTACH PARTITION pgboss.job_common_pkey;
ALTER INDEX pgboss.queue_stats_i1 ATTACH PARTITION pgboss.queue_stats_20261129_name_captured_on_deferred_count_queued_idx;
ALTER INDEX pgboss.queue_stats_pkey ATTACH PARTITION pgboss.queue_stats_20261129_pkey;
ALTER INDEX pgboss.queue_stats_i1 ATTACH PARTITION pgboss.queue_stats_20261130_name_captured_on_deferred_count_queued_idx;
ALTER INDEX pgboss.queue_stats_pkey ATTACH PARTITION pgboss.queue_stats_20261130_pkey;
ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name);
ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY pgboss.subscription
    ADD CONSTRAINT subscription_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.account_secret
    ADD CONSTRAINT account_secret_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.app
    ADD CONSTRAINT app_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.device_event
    ADD CONSTRAINT device_event_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.device_event
    ADD CONSTRAINT device_event_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_invited_by_user_id_fk FOREIGN KEY (invited_by) REFERENCES public."user"(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message_event
    ADD CONSTRAINT message_event_message_id_message_id_fk FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.provider_reference
    ADD CONSTRAINT provider_reference_message_id_message_id_fk FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.push_damping
    ADD CONSTRAINT push_damping_rule_id_push_rule_id_fk FOREIGN KEY (rule_id) REFERENCES public.push_rule(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.push_rule
    ADD CONSTRAINT push_rule_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.push_rule
    ADD CONSTRAINT push_rule_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.push_rule
    ADD CONSTRAINT push_rule_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sample_value
    ADD CONSTRAINT sample_value_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sample_value
    ADD CONSTRAINT sample_value_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template_proof
    ADD CONSTRAINT template_proof_account_id_account_id_fk FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_template_id_template_id_fk FOREIGN KEY (template_id) REFERENCES public.template(id) ON DELETE CASCADE;
