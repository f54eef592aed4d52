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
    code_length integer DEFAULT 6 NOT NULL,
    code_countries text[] DEFAULT '{86}'::text[] NOT NULL,
    codes_per_hour integer DEFAULT 2000 NOT NULL,
    codes_per_country_hour integer DEFAULT 1000 NOT NULL,
    codes_per_ip_hour integer DEFAULT 30 NOT NULL,
    CONSTRAINT app_code_length CHECK (((code_length >= 4) AND (code_length <= 8))),
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
    unsure_since timestamp with time zone,
    settle_at timestamp with time zone,
    verification_id uuid
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
    usable_since timestamp with time zone,
    damping_seconds integer DEFAULT 0 NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by text,
    CONSTRAINT push_rule_damping CHECK (((damping_seconds >= 0) AND (damping_seconds <= 86400)))
);
CREATE TABLE public.push_rule_version (
    organization_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL
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
CREATE TABLE public.verification (
    id uuid NOT NULL,
    app_id uuid NOT NULL,
    kind text NOT NULL,
    scenario text NOT NULL,
    recipient text NOT NULL,
    status text NOT NULL,
    code_hash text NOT NULL,
    sealed_code text,
    attempts smallint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT verification_status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'expired'::text, 'exhausted'::text])))
);
CREATE TABLE public.verification_answer (
    app_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    body_hash text NOT NULL,
    answer json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.verification_recipient (
    organization_id uuid NOT NULL,
    recipient_key text NOT NULL,
    sent_at timestamp with time zone[] NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.job_common DEFAULT;
ALTER TABLE ONLY pgboss.queue_stats ATTACH PARTITION pgboss.queue_stats_20261129 FOR VALUES FROM ('2026-11-29 00:00:00+00') TO ('2026-11-30 00:00:00+00');
ALTER TABLE ONLY pgboss.queue_stats ATTACH PARTITION pgboss.queue_stats_20261130 FOR VALUES FROM ('2026-11-30 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);
INSERT INTO drizzle.__drizzle_migrations VALUES (1, '7933d89d9ba117e91367959fdb82d7d66ad3b8176c1a4a27bfd2f8bef768d547', 1795348612869);
INSERT INTO drizzle.__drizzle_migrations VALUES (2, 'd183ee3158fcdcc62ce959be56534731e680e00d3e7c8757b015a3c2a9c25ada', 1795351060075);
INSERT INTO drizzle.__drizzle_migrations VALUES (3, '16fc4cab0a235279ce2d5a3c94810639c99c05a289b799a2288467881c001871', 1795632456784);
INSERT INTO drizzle.__drizzle_migrations VALUES (4, '8c88aaf9b53374f6f5586d7d16792b0a5d8610e7f577afc2f1ac2771d0d9e6b0', 1795640855999);
INSERT INTO drizzle.__drizzle_migrations VALUES (5, 'a70a8e2299ab9508cb08474dc05a4050a0727c202d3c7738e59ad14609b6713e', 1795676612829);
INSERT INTO pgboss.job_common VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', 'deliveries', 10, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:sms", "messageId": "01a22991-8ab3-757a-b5ec-8f91e77bca91"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:sms', NULL, '2026-11-29 23:08:53.812345+00', '2026-11-29 23:08:53.812345+00', '2026-11-29 23:08:53.838867+00', '2026-11-29 23:08:53.947658+00', '2026-12-13 23:08:53.812345+00', NULL, NULL, 'standard', '2026-11-29 23:08:53.838867+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-8a8d-7212-8fbe-8a7c54f12def', 'deliveries', 10, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email", "messageId": "01a22991-8a8d-7212-8fbe-8a7c54f12def"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email', NULL, '2026-11-29 23:08:53.775281+00', '2026-11-29 23:08:53.775281+00', '2026-11-29 23:08:53.781803+00', '2026-11-29 23:08:53.979374+00', '2026-12-13 23:08:53.775281+00', NULL, NULL, 'standard', '2026-11-29 23:08:53.781803+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-8aa7-73ae-982e-f8dcea1cc1a9', 'deliveries', 0, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email", "messageId": "01a22991-8aa7-73ae-982e-f8dcea1cc1a9"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email', NULL, '2026-11-29 23:08:53.801058+00', '2026-11-29 23:08:53.801058+00', '2026-11-29 23:08:53.838867+00', '2026-11-29 23:08:54.027639+00', '2026-12-13 23:08:53.801058+00', NULL, NULL, 'standard', '2026-11-29 23:08:53.838867+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-8b6f-70af-9b40-db396ce44e06', 'deliveries', 0, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email", "messageId": "01a22991-8aa7-73ae-982e-f8dcea1cc1a9"}', 'created', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email', NULL, '2026-11-29 23:08:59.531+00', '2026-11-29 23:08:54.027639+00', NULL, NULL, '2026-12-13 23:08:59.531+00', NULL, NULL, 'standard', NULL, 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-8b27-761d-a716-e1de16ce79f5', 'deliveries', 0, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email", "messageId": "01a22991-8b27-761d-a716-e1de16ce79f5"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:email', NULL, '2026-11-29 23:08:53.90602+00', '2026-11-29 23:08:53.90602+00', '2026-11-29 23:08:53.953168+00', '2026-11-29 23:08:54.064455+00', '2026-12-13 23:08:53.90602+00', NULL, NULL, 'standard', '2026-11-29 23:08:53.953168+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.job_common VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', 'deliveries', 0, '{"group": "01a22991-8138-71e0-bc4e-c6bfb29c1eb0:01a22991-8356-7032-9012-387729061e1a", "messageId": "01a22991-8b27-761d-a716-e7f7a948274f"}', 'completed', 1000, 0, 0, false, NULL, 3600, 3600, NULL, NULL, '01a22991-8138-71e0-bc4e-c6bfb29c1eb0:01a22991-8356-7032-9012-387729061e1a', NULL, '2026-11-29 23:08:53.90602+00', '2026-11-29 23:08:53.90602+00', '2026-11-29 23:08:53.953168+00', '2026-11-29 23:08:54.078377+00', '2026-12-13 23:08:53.90602+00', NULL, NULL, 'standard', '2026-11-29 23:08:53.953168+00', 12, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO pgboss.queue VALUES ('deliveries', 'standard', 1000, 0, false, NULL, 3600, 1209600, 3600, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, '{}', 12, false, NULL, NULL, NULL, NULL, '2026-11-29 23:08:51.228473+00', '2026-11-29 23:08:51.228473+00');
INSERT INTO pgboss.version VALUES (43, NULL, '2026-11-29 23:08:51.231189+00', '2026-11-29 23:08:53.683607+00', NULL, NULL);
INSERT INTO public.access_token VALUES ('4836fa6816b06c102b9bacd19e823f16cc62da89933594a90e2688969efe9b5f', '1.8c0cc17a.6Uxd0byLZz9vbpegX7DCoo9zCznX6NkI5A9-Gi_DfBq6WauzZq0GFFRYm69ATjdm3sa2MfZv0oyleL8v5xFnKx56jv7tP-1WDIgoxy51hl731rFQ7rRCFLpUV4266e1is8Z_E9kq_bzLSOcQXTX_XI80AUx4EAf5NYCkE3Izb7vSbiX_-NEs7a-_xFHVoVCoG9rTClsFkxjw_pTeM_60YA2GWMaaiR6BL_TRhykiS365GHs', '2026-11-30 01:08:50.948+00');
INSERT INTO public.account VALUES ('01a22991-815b-7365-9f17-315857eb0d45', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'email', 'smtp', 'Sandbox mail', '{"host": "localhost", "port": 39743, "replyTo": "", "fromName": "Acme", "username": "no-reply@sandbox.test", "encryption": "starttls", "fromAddress": "no-reply@sandbox.test"}', true, '2026-11-29 23:08:51.457+00', '[{"ms": 4, "ok": true, "stage": "resolve"}, {"ms": 4, "ok": true, "stage": "connect"}, {"ms": 11, "ok": true, "stage": "tls"}, {"ms": 1, "ok": true, "stage": "login"}, {"ms": 2, "ok": true, "stage": "sender"}]', NULL, NULL, NULL, '2026-11-29 23:08:51.42+00', '2026-11-29 23:08:51.42+00', NULL, NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'sms', 'aliyun-sms', 'Sandbox SMS', '{"region": "mainland", "accessKeyId": "LTAI5tSimulatorKeyOfTests"}', true, '2026-11-29 23:08:51.525+00', '[{"ms": 12, "ok": true, "stage": "credentials"}, {"ms": 0, "ok": true, "stage": "signatures"}, {"ms": 3, "ok": true, "stage": "templates"}]', NULL, NULL, NULL, '2026-11-29 23:08:51.503+00', '2026-11-29 23:08:51.503+00', '290k8jBcau9smpFyrBJaYvlu00trLSr5', NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'voice', 'aliyun-voice', 'Sandbox voice', '{"accessKeyId": "LTAI5tSimulatorKeyOfTests"}', true, '2026-11-29 23:08:51.72+00', '[{"ms": 3, "ok": true, "stage": "credentials"}, {"ms": 0, "ok": true, "stage": "permission"}]', NULL, NULL, NULL, '2026-11-29 23:08:51.711+00', '2026-11-29 23:08:51.711+00', 'yEO6nVLwpR5e6vU0ZCfXZqwtHQEYXz74', NULL, NULL);
INSERT INTO public.account VALUES ('01a22991-8356-7032-9012-387729061e1a', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'official_account', 'wechat', 'Sandbox official account', '{"appId": "wx5160e700d3a10001"}', false, '2026-11-29 23:08:51.938+00', '[{"ms": 11, "ok": true, "stage": "token"}, {"ms": 4, "ok": true, "stage": "templates"}]', NULL, NULL, NULL, '2026-11-29 23:08:51.927+00', '2026-11-29 23:08:51.927+00', 'F7sTj-N5FTnPjSOywgdFQy9Zma9qqOIT', 6, '2026-11-29 23:08:51.981+00');
INSERT INTO public.account_secret VALUES ('01a22991-815b-7365-9f17-315857eb0d45', 'password', '1.8c0cc17a.DH9PP0ueSoMH3Db_0NL_p1gGtvPfec_ns-YqAsx52_I2vr0C8e78eaIk-apE0erpt2U', '2026-11-29 23:08:51.42+00');
INSERT INTO public.account_secret VALUES ('01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', 'accessKeySecret', '1.8c0cc17a.3wAugMChd3IXRooLRo_3ibAob4P2d2JEmSgtKymmxM3vc_bpkr1-0vmuO9BeKE8_f09ZeNMeTg', '2026-11-29 23:08:51.503+00');
INSERT INTO public.account_secret VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', 'accessKeySecret', '1.8c0cc17a.nv-vchXfJ3KCioKqTQDmqpxlu3UP7Dgkn_MTcxQYyHLXrL0SRNOQis0wI-WaQaN6MmkHwllEpA', '2026-11-29 23:08:51.711+00');
INSERT INTO public.account_secret VALUES ('01a22991-8356-7032-9012-387729061e1a', 'appSecret', '1.8c0cc17a.hpeos5yFOrYFhFegQcAolbQ9iMJZKOPcVgVo1ZaGPwjLKthzpm6kxZ1Wfm-Xlzw_G-2b6GDOf70ezgmg', '2026-11-29 23:08:51.927+00');
INSERT INTO public.api_key VALUES ('01a22991-8145-7766-997f-58bd5fe3cc14', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-813e-75dd-8483-9ec3de5c3130', 'Sandbox test', 'test', 'FNSxLN_FXBLm7sBo1MGwQp5dRKwdhwda7hnbNV-PSss', 'sk_test_C8SK', '{}', '01a22991-80f1-7011-9e96-deb4556815cf', '2026-11-29 23:08:51.398+00', NULL, NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-814b-702d-a143-be65025388f8', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', 'Sandbox test', 'test', 'N2KoVC33TrQ_JkNtSq6qbtKGgWgrnVod0u35Fa6XcLE', 'sk_test_RAUS', '{}', '01a22991-80f1-7011-9e96-deb4556815cf', '2026-11-29 23:08:51.403+00', NULL, NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-8142-7156-ac22-38e4f9e3ee08', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-813e-75dd-8483-9ec3de5c3130', 'Sandbox live', 'live', 'qCBftIhsYrRGROeLy_lA0S_e-wCQbv64qUzxN44WC5o', 'sk_live_MWmp', '{}', '01a22991-80f1-7011-9e96-deb4556815cf', '2026-11-29 23:08:51.395+00', '2026-11-29 23:08:53.76+00', NULL, NULL);
INSERT INTO public.api_key VALUES ('01a22991-8149-7356-888c-175aaf4a6056', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', 'Sandbox live', 'live', '66xkkXpHCmmw39YtrbjBcVIQsfqOkb07exX08cWQ6Fw', 'sk_live_mpu6', '{}', '01a22991-80f1-7011-9e96-deb4556815cf', '2026-11-29 23:08:51.401+00', '2026-11-29 23:08:53.836+00', NULL, NULL);
INSERT INTO public.app VALUES ('01a22991-813e-75dd-8483-9ec3de5c3130', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'shop', 'Shop', NULL, 'en', 10, '2026-11-29 23:08:51.39+00', 6, '{86}', 2000, 1000, 30);
INSERT INTO public.app VALUES ('01a22991-8147-71bf-b283-2fe427c4ff65', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'smart-home', 'Smart Home', NULL, 'zh-CN', 10, '2026-11-29 23:08:51.4+00', 6, '{86}', 2000, 1000, 30);
INSERT INTO public.audit_event VALUES ('01a22991-8140-7485-8522-7043243141e6', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.392+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'app', '01a22991-813e-75dd-8483-9ec3de5c3130', 'Shop', '{"key": "shop"}');
INSERT INTO public.audit_event VALUES ('01a22991-8144-7669-8192-46e565c2ffdc', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.396+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'api_key', '01a22991-8142-7156-ac22-38e4f9e3ee08', 'Sandbox live', '{"kind": "live", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-8147-71bf-b283-2b81fb08e420', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.399+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'api_key', '01a22991-8145-7766-997f-58bd5fe3cc14', 'Sandbox test', '{"kind": "test", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-8148-7038-baa4-b7e7045816b4', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.4+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'app', '01a22991-8147-71bf-b283-2fe427c4ff65', 'Smart Home', '{"key": "smart-home"}');
INSERT INTO public.audit_event VALUES ('01a22991-814a-701e-af68-404cb2927ce2', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.402+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'api_key', '01a22991-8149-7356-888c-175aaf4a6056', 'Sandbox live', '{"kind": "live", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-814c-76e9-810c-7c383a8e85e0', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.404+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'api_key', '01a22991-814b-702d-a143-be65025388f8', 'Sandbox test', '{"kind": "test", "channels": [], "expiresInDays": null}');
INSERT INTO public.audit_event VALUES ('01a22991-8160-7454-85ed-04636980442b', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.424+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'account', '01a22991-815b-7365-9f17-315857eb0d45', 'Sandbox mail', '{"fields": ["host", "port", "encryption", "username", "password", "fromAddress", "fromName"], "channel": "email"}');
INSERT INTO public.audit_event VALUES ('01a22991-8182-772d-8d51-baf5c621a5c7', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.458+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'validated', 'account', '01a22991-815b-7365-9f17-315857eb0d45', 'Sandbox mail', '{"channel": "email"}');
INSERT INTO public.audit_event VALUES ('01a22991-818d-769f-8aee-0dc948be9e8e', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.469+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8187-72ea-9076-851e51f4a609', 'registration', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-8191-75be-ab65-e56ac3e5deb4', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.473+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8190-708e-9e5b-9f55ecfe9362', 'login', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-8195-747e-b794-8aa9ed6cee06', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.477+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8193-7779-a539-b3da46b56ebe', 'password_recovery', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-819b-741e-a17b-a82d5a20550c', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.483+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-819a-768d-baf0-17e483b88038', 'change_contact', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-819f-72fa-8ac6-66a1a5530a38', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.487+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-819e-7469-97e7-5381db71db91', 'device_alarm', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-81a5-71ae-94a3-0a0d2e4511db', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.493+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-81a2-7609-9fa5-94aa84e56d55', 'device_offline', '{"appId": null, "locale": null, "channel": "email", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-81ac-77d3-bacd-43d38c3dd1d1', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.5+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-81a9-77ba-8b9e-f9ce9fbc15e4', 'login', '{"appId": "01a22991-8147-71bf-b283-2fe427c4ff65", "locale": null, "channel": "email", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-81b1-7122-b31b-6081e8612764', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.505+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'account', '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', 'Sandbox SMS', '{"fields": ["accessKeyId", "accessKeySecret", "region"], "channel": "sms"}');
INSERT INTO public.audit_event VALUES ('01a22991-81c6-7665-907d-6fd5b2ba2131', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.526+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'validated', 'account', '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', 'Sandbox SMS', '{"channel": "sms"}');
INSERT INTO public.audit_event VALUES ('01a22991-8225-760e-a15c-dfa7ba2d7950', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.621+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8222-7663-85b0-65113ef7ba47', 'registration', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-8239-75df-9115-8dd2e2f4db56', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.641+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8237-774b-a0f7-48e79b361521', 'login', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-8245-73d6-b0cc-fd0c2b886c47', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.653+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8243-705f-86a0-3a6e3a55c09d', 'password_recovery', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-8250-73e9-a812-72b451b2aa27', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.664+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-824e-7603-8110-fbe5abdc6530', 'change_contact', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-825e-703e-b28a-0c1a7fc8ac93', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.678+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-825d-704e-b16c-79138f21bc8a', 'device_alarm', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-826e-71cb-a5d6-57bcaac91e19', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.694+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-826b-7368-a126-8768b638ce55', 'device_offline', '{"appId": null, "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-827d-7797-907b-1826b3bcc099', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.709+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-827a-744d-8901-054adfa70743', 'login', '{"appId": "01a22991-8147-71bf-b283-2fe427c4ff65", "locale": null, "account": "Sandbox SMS", "channel": "sms", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-8281-773c-aae7-d5dcf83d8b43', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.713+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'account', '01a22991-827e-72dd-8aca-ee1118c70629', 'Sandbox voice', '{"fields": ["accessKeyId", "accessKeySecret"], "channel": "voice"}');
INSERT INTO public.audit_event VALUES ('01a22991-8289-70fb-9bd4-1da661540263', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.721+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'validated', 'account', '01a22991-827e-72dd-8aca-ee1118c70629', 'Sandbox voice', '{"channel": "voice"}');
INSERT INTO public.audit_event VALUES ('01a22991-8294-729d-9506-78d5aad6c3d6', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.732+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-8292-7193-8735-000549dc3528', 'registration', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "registration"}');
INSERT INTO public.audit_event VALUES ('01a22991-829b-7374-9493-d6577c46af11', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.739+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-829a-734c-a3ae-b409e465e4e2', 'login', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "login"}');
INSERT INTO public.audit_event VALUES ('01a22991-82a0-7205-8fc5-948c17666a67', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.744+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-829f-7731-9f83-12c0a6d33cd9', 'password_recovery', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "password_recovery"}');
INSERT INTO public.audit_event VALUES ('01a22991-82a5-7433-89b4-6d6e3eb51ac0', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.749+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-82a4-7557-8884-6bdc9fdff2da', 'change_contact', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "change_contact"}');
INSERT INTO public.audit_event VALUES ('01a22991-82ae-7487-8154-97d446435857', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.758+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-82ac-7170-ba38-b156f483f1bf', 'device_alarm', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-82b3-71c3-b4d6-04d4374ceb96', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.763+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-82b2-7766-8538-4cdfebd2dc07', 'device_offline', '{"appId": null, "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_offline"}');
INSERT INTO public.audit_event VALUES ('01a22991-82bf-71b4-9291-aaa885090e34', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.775+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'template', '01a22991-82be-7157-84bf-1c9c1bc70e91', 'device_alarm', '{"appId": "01a22991-8147-71bf-b283-2fe427c4ff65", "locale": null, "account": "Sandbox voice", "channel": "voice", "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-8364-75f4-8cad-1a81d4421920', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.94+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'account', '01a22991-8356-7032-9012-387729061e1a', 'Sandbox official account', '{"channel": "official_account"}');
INSERT INTO public.audit_event VALUES ('01a22991-8389-71aa-9b8f-06d3b9449190', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.977+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'push_rule', '01a22991-8385-74d6-aaae-895d3473b155', 'Alarms', '{"appId": "01a22991-8147-71bf-b283-2fe427c4ff65", "account": "Sandbox official account", "enabled": true, "version": 1, "scenario": "device_alarm"}');
INSERT INTO public.audit_event VALUES ('01a22991-8395-747e-bfff-81e1dfd8c698', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '2026-11-29 23:08:51.989+00', '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', 'added', 'push_rule', '01a22991-838e-71aa-b709-a03a1d33199b', 'Offline', '{"appId": "01a22991-8147-71bf-b283-2fe427c4ff65", "account": "Sandbox official account", "enabled": true, "version": 1, "scenario": "device_offline"}');
INSERT INTO public.credential VALUES ('01a22991-8137-709a-957d-191c064baaa8', '01a22991-80f1-7011-9e96-deb4556815cf', 'credential', '01a22991-80f1-7011-9e96-deb4556815cf', NULL, NULL, NULL, NULL, NULL, NULL, '96444d8dd08c9675db90d7a5c28d6c8e:3d898a9cd6332edc2fd58cc63ffba3f5946636a6ca787ca19be284f5fae5d83eb78b5744ad0d3738c9a2f76ed79cd29195a273df9890af36f03d41b0447eb2ff', '2026-11-29 23:08:51.313+00', '2026-11-29 23:08:51.313+00');
INSERT INTO public.device_event VALUES ('01a22991-8b11-75b1-8645-fc34bcd68830', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', 'device_alarm', NULL, '0.4diz5wrdfi6', 'vtrid-Qko4_YI0HOjwje21kLXWi8EuhdLuEIqz3vn88', '{"id":"01a22991-8b11-75b1-8645-fc34bcd68830","type":"device_alarm","messages":[{"id":"01a22991-8b27-761d-a716-e1de16ce79f5","recipient":0,"channel":"email","to":"event@example.com","status":"queued"},{"id":"01a22991-8b27-761d-a716-e7f7a948274f","recipient":0,"channel":"official_account","to":"oUj0HbcJ8Sr2CWt2tspPrK-lgy5U","rule":{"id":"01a22991-8385-74d6-aaae-895d3473b155","name":"Alarms"},"status":"queued"}],"skipped":[]}', '2026-11-29 23:08:53.91+00');
INSERT INTO public.limit_count VALUES ('test-send:01a22991-80f1-7011-9e96-deb4556815cf', '2026-11-29 23:00:00+00', 4);
INSERT INTO public.member VALUES ('01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-80f1-7011-9e96-deb4556815cf', 'owner', '2026-11-29 23:08:51.385+00');
INSERT INTO public.message VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-813e-75dd-8483-9ec3de5c3130', '01a22991-8142-7156-ac22-38e4f9e3ee08', 'live', 'sms', 'login', '+8613900000001', 'delivered', false, false, '01a22991-8b30-72c7-a249-e3da14dc3ee3', '01a22991-8237-774b-a0f7-48e79b361521', 1, '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', '{"account": "+8613900000001", "app_name": "Shop", "expires_in_minutes": "10"}', NULL, NULL, '0.lly5i7w9w2p', 'pMDen8TeczAPW7LZxRry5cGwVwY55DHrTHarqp4NIz4', 1, NULL, NULL, '179599373392004537^0', '2026-11-29 23:18:53.811+00', '2026-11-29 23:08:53.811+00', '2026-11-29 23:08:54.953+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', '01a22991-8149-7356-888c-175aaf4a6056', 'live', 'official_account', 'device_alarm', 'oUj0HbcJ8Sr2CWt2tspPrK-lgy5U', 'delivered', false, false, '01a22991-8bbe-7643-adb2-215f6abf992e', NULL, 1, '01a22991-8356-7032-9012-387729061e1a', '{"app_name": "Smart Home", "held_back": "0", "device_key": "p1", "alarm_level": "high", "device_name": "Pump", "occurred_at": "2026-11-25 18:00:00 UTC", "alarm_content": "hot"}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '3179599373407173341', NULL, '2026-11-29 23:08:53.927+00', '2026-11-29 23:08:55.084+00', NULL, NULL, '01a22991-8385-74d6-aaae-895d3473b155', '01a22991-8b11-75b1-8645-fc34bcd68830', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-82ee-7096-8c65-94db68d19044', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', NULL, NULL, 'test_send', 'voice', 'device_offline', '+8619932785234', 'delivered', false, false, NULL, NULL, NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993731823^102179504535', NULL, '2026-11-29 23:08:51.822+00', '2026-11-29 23:08:53.941+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-8302-72e5-b962-9c0dd0936ec6', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', NULL, 'test_send', 'voice', 'device_alarm', '+8619987707253', 'delivered', false, false, NULL, NULL, NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993731843^102179504536', NULL, '2026-11-29 23:08:51.842+00', '2026-11-29 23:08:53.941+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-82c7-775a-81c3-067da9596978', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', NULL, NULL, 'test_send', 'voice', 'registration', '+8619926982956', 'delivered', false, false, NULL, NULL, NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993731784^102179504533', NULL, '2026-11-29 23:08:51.783+00', '2026-11-29 23:08:53.954+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-82dd-7245-8bae-af64f9344e5d', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', NULL, NULL, 'test_send', 'voice', 'device_alarm', '+8619912599307', 'delivered', false, false, NULL, NULL, NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '116993731806^102179504534', NULL, '2026-11-29 23:08:51.805+00', '2026-11-29 23:08:53.954+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-8a8d-7212-8fbe-8a7c54f12def', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-813e-75dd-8483-9ec3de5c3130', '01a22991-8142-7156-ac22-38e4f9e3ee08', 'live', 'email', 'login', 'sent@example.com', 'sent', false, false, '01a22991-8b5a-71ee-bc52-e655969bd99c', '01a22991-8190-708e-9e5b-9f55ecfe9362', 1, '01a22991-815b-7365-9f17-315857eb0d45', '{"account": "sent@example.com", "app_name": "Shop", "expires_in_minutes": "10"}', NULL, NULL, '0.c24zi5hzll', 'd_o2MAGGT7FYg3T1zuG1H5Odoz5Zo4x4vgC1ja-QGrU', 1, NULL, NULL, '<01a22991-8a8d-7212-8fbe-8a7c54f12def@sandbox.test>', '2026-11-29 23:18:53.772+00', '2026-11-29 23:08:53.772+00', '2026-11-29 23:08:53.978+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-8aa7-73ae-982e-f8dcea1cc1a9', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-813e-75dd-8483-9ec3de5c3130', '01a22991-8142-7156-ac22-38e4f9e3ee08', 'live', 'email', 'device_alarm', 'queued@example.com', 'queued', false, false, '01a22991-8b6f-70af-9b40-db396ce44e06', '01a22991-819e-7469-97e7-5381db71db91', 1, '01a22991-815b-7365-9f17-315857eb0d45', '{"app_name": "Shop", "device_key": "p1", "alarm_level": "high", "device_name": "Pump", "occurred_at": "now", "alarm_content": "hot"}', NULL, NULL, '0.0m1mbzwdm4sc', 'd-ZYSRgeRxuE_FJNF44uvEngKTscB-HibvV-Nz4b7og', 1, 'ECONNECTION', '', NULL, NULL, '2026-11-29 23:08:53.799+00', '2026-11-29 23:08:53.999+00', NULL, NULL, NULL, NULL, '2026-11-29 23:08:53.885+00', NULL, NULL);
INSERT INTO public.message VALUES ('01a22991-8b27-761d-a716-e1de16ce79f5', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8147-71bf-b283-2fe427c4ff65', '01a22991-8149-7356-888c-175aaf4a6056', 'live', 'email', 'device_alarm', 'event@example.com', 'sent', false, false, '01a22991-8baf-7217-b828-e2967ff50684', '01a22991-819e-7469-97e7-5381db71db91', 1, '01a22991-815b-7365-9f17-315857eb0d45', '{"app_name": "Smart Home", "device_key": "p1", "alarm_level": "high", "device_name": "Pump", "occurred_at": "2026-11-25 18:00:00 UTC", "alarm_content": "hot"}', NULL, NULL, NULL, NULL, 1, NULL, NULL, '<01a22991-8b27-761d-a716-e1de16ce79f5@sandbox.test>', NULL, '2026-11-29 23:08:53.927+00', '2026-11-29 23:08:54.063+00', NULL, NULL, NULL, '01a22991-8b11-75b1-8645-fc34bcd68830', NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82c7-775a-81c3-067da9596978', 1, '2026-11-29 23:08:51.783+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82c7-775a-81c3-067da9596978', 2, '2026-11-29 23:08:51.783+00', 'sending', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82c7-775a-81c3-067da9596978', 3, '2026-11-29 23:08:51.79+00', 'sent', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, '116993731784^102179504533', 4, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82dd-7245-8bae-af64f9344e5d', 4, '2026-11-29 23:08:51.805+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82dd-7245-8bae-af64f9344e5d', 5, '2026-11-29 23:08:51.805+00', 'sending', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82dd-7245-8bae-af64f9344e5d', 6, '2026-11-29 23:08:51.809+00', 'sent', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, '116993731806^102179504534', 3, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82ee-7096-8c65-94db68d19044', 7, '2026-11-29 23:08:51.822+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82ee-7096-8c65-94db68d19044', 8, '2026-11-29 23:08:51.822+00', 'sending', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82ee-7096-8c65-94db68d19044', 9, '2026-11-29 23:08:51.828+00', 'sent', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, '116993731823^102179504535', 2, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8302-72e5-b962-9c0dd0936ec6', 10, '2026-11-29 23:08:51.842+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8302-72e5-b962-9c0dd0936ec6', 11, '2026-11-29 23:08:51.842+00', 'sending', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8302-72e5-b962-9c0dd0936ec6', 12, '2026-11-29 23:08:51.846+00', 'sent', 1, '01a22991-827e-72dd-8aca-ee1118c70629', NULL, NULL, '116993731843^102179504536', 2, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8a8d-7212-8fbe-8a7c54f12def', 13, '2026-11-29 23:08:53.772+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8a8d-7212-8fbe-8a7c54f12def', 14, '2026-11-29 23:08:53.784+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8aa7-73ae-982e-f8dcea1cc1a9', 15, '2026-11-29 23:08:53.799+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', 16, '2026-11-29 23:08:53.811+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8aa7-73ae-982e-f8dcea1cc1a9', 17, '2026-11-29 23:08:53.856+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', 18, '2026-11-29 23:08:53.856+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e1de16ce79f5', 19, '2026-11-29 23:08:53.927+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', 20, '2026-11-29 23:08:53.927+00', 'accepted', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82ee-7096-8c65-94db68d19044', 21, '2026-11-29 23:08:53+00', 'delivered', 1, '01a22991-827e-72dd-8aca-ee1118c70629', '200000', '用户听完', '116993731823^102179504535', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8302-72e5-b962-9c0dd0936ec6', 22, '2026-11-29 23:08:53+00', 'delivered', 1, '01a22991-827e-72dd-8aca-ee1118c70629', '200000', '用户听完', '116993731843^102179504536', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', 23, '2026-11-29 23:08:53.936+00', 'sent', 1, '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', NULL, NULL, '179599373392004537^0', 34, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82c7-775a-81c3-067da9596978', 24, '2026-11-29 23:08:53+00', 'delivered', 1, '01a22991-827e-72dd-8aca-ee1118c70629', '200000', '用户听完', '116993731784^102179504533', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-82dd-7245-8bae-af64f9344e5d', 25, '2026-11-29 23:08:53+00', 'delivered', 1, '01a22991-827e-72dd-8aca-ee1118c70629', '200000', '用户听完', '116993731806^102179504534', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e1de16ce79f5', 26, '2026-11-29 23:08:53.955+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', 27, '2026-11-29 23:08:53.955+00', 'sending', 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8a8d-7212-8fbe-8a7c54f12def', 28, '2026-11-29 23:08:53.978+00', 'sent', 1, '01a22991-815b-7365-9f17-315857eb0d45', NULL, NULL, '<01a22991-8a8d-7212-8fbe-8a7c54f12def@sandbox.test>', 111, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8aa7-73ae-982e-f8dcea1cc1a9', 29, '2026-11-29 23:08:53.999+00', 'retrying', 1, '01a22991-815b-7365-9f17-315857eb0d45', 'ECONNECTION', '', NULL, 105, '2026-11-29 23:08:59.531+00');
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e1de16ce79f5', 30, '2026-11-29 23:08:54.063+00', 'sent', 1, '01a22991-815b-7365-9f17-315857eb0d45', NULL, NULL, '<01a22991-8b27-761d-a716-e1de16ce79f5@sandbox.test>', 10, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', 31, '2026-11-29 23:08:54.078+00', 'sent', 1, '01a22991-8356-7032-9012-387729061e1a', NULL, NULL, '3179599373407173341', 15, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8ab3-757a-b5ec-8f91e77bca91', 32, '2026-11-29 23:08:54+00', 'delivered', 1, '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', 'DELIVERED', '用户接收成功', '179599373392004537^0', NULL, NULL);
INSERT INTO public.message_event OVERRIDING SYSTEM VALUE VALUES ('01a22991-8b27-761d-a716-e7f7a948274f', 33, '2026-11-29 23:08:55+00', 'delivered', 1, '01a22991-8356-7032-9012-387729061e1a', 'success', NULL, '3179599373407173341', NULL, NULL);
INSERT INTO public.organization VALUES ('01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'Acme Devices', '2026-11-29 23:08:51.385+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '116993731784^102179504533', '01a22991-82c7-775a-81c3-067da9596978', '2026-11-29 23:08:51.789+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', 'rqskvawl4z0c4el', '01a22991-82c7-775a-81c3-067da9596978', '2026-11-29 23:08:51.789+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '116993731806^102179504534', '01a22991-82dd-7245-8bae-af64f9344e5d', '2026-11-29 23:08:51.809+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', 'vqqyey1ktnze5jl', '01a22991-82dd-7245-8bae-af64f9344e5d', '2026-11-29 23:08:51.809+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '116993731823^102179504535', '01a22991-82ee-7096-8c65-94db68d19044', '2026-11-29 23:08:51.828+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', 'yh3lbisr959hjob', '01a22991-82ee-7096-8c65-94db68d19044', '2026-11-29 23:08:51.828+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '116993731843^102179504536', '01a22991-8302-72e5-b962-9c0dd0936ec6', '2026-11-29 23:08:51.846+00');
INSERT INTO public.provider_reference VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '3cq2txw6coav5yt', '01a22991-8302-72e5-b962-9c0dd0936ec6', '2026-11-29 23:08:51.846+00');
INSERT INTO public.provider_reference VALUES ('01a22991-8356-7032-9012-387729061e1a', '3179599373407173341', '01a22991-8b27-761d-a716-e7f7a948274f', '2026-11-29 23:08:54.078+00');
INSERT INTO public.push_rule VALUES ('01a22991-8385-74d6-aaae-895d3473b155', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'Alarms', '01a22991-8147-71bf-b283-2fe427c4ff65', 'device_alarm', '01a22991-8356-7032-9012-387729061e1a', 'Sandbox official account', '{"jump": {"kind": "none"}, "title": "设备告警通知", "values": {"time5": "${occurred_at}", "const3": "重要", "thing1": "${device_name}", "thing4": "${alarm_content}", "character_string2": "${device_key}"}, "templateId": "ABbdGY1_cPYjOIW9imnnxvvb7YK7WM1PcixeA9XIh1I", "templateText": "设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n告警级别:{{const3.DATA}}\n告警内容:{{thing4.DATA}}\n告警时间:{{time5.DATA}}\n"}', '["device_name", "device_key", "alarm_content", "occurred_at"]', true, NULL, NULL, 0, 1, '2026-11-29 23:08:51.975+00', '2026-11-29 23:08:51.975+00', 'Sandbox');
INSERT INTO public.push_rule VALUES ('01a22991-838e-71aa-b709-a03a1d33199b', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'Offline', '01a22991-8147-71bf-b283-2fe427c4ff65', 'device_offline', '01a22991-8356-7032-9012-387729061e1a', 'Sandbox official account', '{"jump": {"kind": "none"}, "title": "设备离线提醒", "values": {"time3": "${occurred_at}", "thing1": "${device_name}", "phrase4": "网络中断", "character_string2": "${device_key}"}, "templateId": "3T8JvCTXNo4REsWx_oRJBWOLt8iG4KslpoSRxKE0fE0", "templateText": "设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n离线时间:{{time3.DATA}}\n离线原因:{{phrase4.DATA}}\n"}', '["device_name", "device_key", "occurred_at"]', true, NULL, NULL, 0, 1, '2026-11-29 23:08:51.988+00', '2026-11-29 23:08:51.988+00', 'Sandbox');
INSERT INTO public.push_rule_version VALUES ('01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-8385-74d6-aaae-895d3473b155', 1, '{"jump": {"kind": "none"}, "title": "设备告警通知", "values": {"time5": "${occurred_at}", "const3": "重要", "thing1": "${device_name}", "thing4": "${alarm_content}", "character_string2": "${device_key}"}, "templateId": "ABbdGY1_cPYjOIW9imnnxvvb7YK7WM1PcixeA9XIh1I", "templateText": "设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n告警级别:{{const3.DATA}}\n告警内容:{{thing4.DATA}}\n告警时间:{{time5.DATA}}\n"}');
INSERT INTO public.push_rule_version VALUES ('01a22991-8138-71e0-bc4e-c6bfb29c1eb0', '01a22991-838e-71aa-b709-a03a1d33199b', 1, '{"jump": {"kind": "none"}, "title": "设备离线提醒", "values": {"time3": "${occurred_at}", "thing1": "${device_name}", "phrase4": "网络中断", "character_string2": "${device_key}"}, "templateId": "3T8JvCTXNo4REsWx_oRJBWOLt8iG4KslpoSRxKE0fE0", "templateText": "设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n离线时间:{{time3.DATA}}\n离线原因:{{phrase4.DATA}}\n"}');
INSERT INTO public.template VALUES ('01a22991-8190-708e-9e5b-9f55ecfe9362', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'email', 'login', NULL, NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">Your sign-in code is ${code}.</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">Sign in to ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Enter this code where you are signing in.</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${code} is your ${app_name} sign-in code"}', '["code", "expires_in_minutes", "app_name", "account"]', 1, false, '2026-11-29 23:08:51.472+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-819e-7469-97e7-5381db71db91', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'email', 'device_alarm', NULL, NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">${alarm_content}, ${occurred_at}</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C22F2F;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">${device_name} reports an alarm</h1>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;\">\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Alarm</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_content}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Level</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_level}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_name}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device key</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_key}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Time</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${occurred_at}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Open ${app_name} to see the device and to acknowledge the alarm.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because alarms of this device are sent to you.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "[${alarm_level}] ${device_name}: ${alarm_content}"}', '["device_name", "device_key", "alarm_content", "alarm_level", "occurred_at", "app_name"]', 1, false, '2026-11-29 23:08:51.485+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-81a9-77ba-8b9e-f9ce9fbc15e4', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'email', 'login', '01a22991-8147-71bf-b283-2fe427c4ff65', NULL, '{"html": "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">你的登录验证码是 ${code}。</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">登录 ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">请在登录页面输入以下验证码。</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${app_name} 登录验证码：${code}"}', '["code", "expires_in_minutes", "app_name", "account"]', 1, false, '2026-11-29 23:08:51.496+00', 'Sandbox', NULL, '{}', NULL, NULL);
INSERT INTO public.template VALUES ('01a22991-8237-774b-a0f7-48e79b361521', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'sms', 'login', NULL, '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', '{"mainland": {"mapping": {"code": {"variable": "code"}}, "signature": "星桥智家", "templateCode": "SMS_280010001", "templateText": "您的登录验证码为${code}，请勿告诉他人。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', '["code", "expires_in_minutes"]', 1, false, '2026-11-29 23:08:51.638+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:51.638+00', NULL);
INSERT INTO public.template VALUES ('01a22991-825d-704e-b16c-79138f21bc8a', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'sms', 'device_alarm', NULL, '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', '{"mainland": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "星桥智家", "templateCode": "SMS_280020001", "templateText": "您的设备${device}发生告警：${content}，请及时处理。"}, "international": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "Starbridge", "templateCode": "SMS_280040002", "templateText": "Alarm from your device ${device}: ${content}. Check it soon."}}', '["device_name", "alarm_content"]', 1, false, '2026-11-29 23:08:51.676+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:51.676+00', NULL);
INSERT INTO public.template VALUES ('01a22991-827a-744d-8901-054adfa70743', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'sms', 'login', '01a22991-8147-71bf-b283-2fe427c4ff65', '01a22991-81ae-75fe-bc0a-b3a4b7b67d1b', '{"mainland": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "星桥验证", "templateCode": "SMS_280010004", "templateText": "验证码${code}，${ttl}分钟内有效，请勿泄露。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', '["code", "expires_in_minutes"]', 1, false, '2026-11-29 23:08:51.704+00', 'Sandbox', NULL, '{"mainland": {"detail": "", "blocked": null, "remarks": []}, "international": {"detail": "", "blocked": null, "remarks": []}}', '2026-11-29 23:08:51.704+00', NULL);
INSERT INTO public.template VALUES ('01a22991-829a-734c-a3ae-b409e465e4e2', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'voice', 'login', NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{"speed": 0, "volume": 100, "mapping": {"code": {"variable": "code"}}, "ttsCode": "TTS_280010001", "playTimes": 2, "templateText": "您的验证码是${code}，请勿告诉他人。"}', '["code"]', 1, false, '2026-11-29 23:08:51.737+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:51.793+00', '2026-11-29 23:08:51.793+00');
INSERT INTO public.template VALUES ('01a22991-82ac-7170-ba38-b156f483f1bf', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'voice', 'device_alarm', NULL, '01a22991-827e-72dd-8aca-ee1118c70629', '{"speed": 0, "volume": 100, "mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020001", "playTimes": 2, "templateText": "您好，您的设备${device}发生告警，内容是${content}，请及时处理。"}', '["device_name", "alarm_content"]', 1, false, '2026-11-29 23:08:51.756+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:51.812+00', '2026-11-29 23:08:51.812+00');
INSERT INTO public.template VALUES ('01a22991-82be-7157-84bf-1c9c1bc70e91', '01a22991-8138-71e0-bc4e-c6bfb29c1eb0', 'voice', 'device_alarm', '01a22991-8147-71bf-b283-2fe427c4ff65', '01a22991-827e-72dd-8aca-ee1118c70629', '{"speed": 0, "volume": 100, "mapping": {"app": {"variable": "app_name"}, "level": {"variable": "alarm_level"}, "device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020003", "playTimes": 2, "templateText": "您好，${app}提醒您，设备${device}发生${level}级告警，内容是${content}，请及时处理。", "calledShowNumber": "057100000000"}', '["device_name", "alarm_content", "alarm_level", "app_name"]', 1, false, '2026-11-29 23:08:51.773+00', 'Sandbox', NULL, '{}', '2026-11-29 23:08:51.848+00', '2026-11-29 23:08:51.848+00');
INSERT INTO public.template_proof VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '["TTS_280010001","","code"]', 'proven', NULL, NULL, '2026-11-29 23:08:51.793+00');
INSERT INTO public.template_proof VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '["TTS_280020001","","content","device"]', 'proven', NULL, NULL, '2026-11-29 23:08:51.812+00');
INSERT INTO public.template_proof VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '["TTS_280020002","","device"]', 'proven', NULL, NULL, '2026-11-29 23:08:51.831+00');
INSERT INTO public.template_proof VALUES ('01a22991-827e-72dd-8aca-ee1118c70629', '["TTS_280020003","057100000000","app","content","device","level"]', 'proven', NULL, NULL, '2026-11-29 23:08:51.848+00');
INSERT INTO public.template_version VALUES ('01a22991-8190-708e-9e5b-9f55ecfe9362', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">Your sign-in code is ${code}.</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">Sign in to ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Enter this code where you are signing in.</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${code} is your ${app_name} sign-in code"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.472+00');
INSERT INTO public.template_version VALUES ('01a22991-819e-7469-97e7-5381db71db91', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">${alarm_content}, ${occurred_at}</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C22F2F;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">${device_name} reports an alarm</h1>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;\">\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Alarm</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_content}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Level</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${alarm_level}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_name}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Device key</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${device_key}</td>\n              </tr>\n              <tr>\n                <td class=\"soft\" width=\"112\" style=\"padding:6px 12px 6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#71717a;vertical-align:top;\">Time</td>\n                <td class=\"ink\" style=\"padding:6px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b;vertical-align:top;\">${occurred_at}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">Open ${app_name} to see the device and to acknowledge the alarm.</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">You get this mail because alarms of this device are sent to you.</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "[${alarm_level}] ${device_name}: ${alarm_content}"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.485+00');
INSERT INTO public.template_version VALUES ('01a22991-829a-734c-a3ae-b409e465e4e2', 1, '{"speed": 0, "volume": 100, "mapping": {"code": {"variable": "code"}}, "ttsCode": "TTS_280010001", "playTimes": 2, "templateText": "您的验证码是${code}，请勿告诉他人。"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.737+00');
INSERT INTO public.template_version VALUES ('01a22991-81a9-77ba-8b9e-f9ce9fbc15e4', 1, '{"html": "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>${app_name}</title>\n<style>\n  :root { color-scheme: light dark; supported-color-schemes: light dark; }\n  @media (prefers-color-scheme: dark) {\n    .page { background-color: #141416 !important; }\n    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }\n    .ink { color: #ececef !important; }\n    .soft { color: #b0b0b8 !important; }\n    .code { background-color: #2a2a2f !important; color: #ffffff !important; }\n  }\n</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0;background-color:#f4f4f5;\">\n<div style=\"display:none;max-height:0;overflow:hidden;\">你的登录验证码是 ${code}。</div>\n<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#f4f4f5;\">\n  <tr>\n    <td align=\"center\" style=\"padding:32px 16px;\">\n      <table role=\"presentation\" width=\"480\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"width:100%;max-width:480px;\">\n        <tr>\n          <td class=\"ink\" style=\"padding:0 4px 16px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;font-weight:600;color:#18181b;\">${app_name}</td>\n        </tr>\n        <tr>\n          <td class=\"card\" style=\"background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid #C8402A;border-radius:8px;padding:32px;\">\n            <h1 class=\"ink\" style=\"margin:0 0 12px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:20px;line-height:28px;font-weight:600;color:#18181b;\">登录 ${app_name}</h1>\n            <p class=\"soft\" style=\"margin:0 0 20px;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">请在登录页面输入以下验证码。</p>\n            <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 20px;\">\n              <tr>\n                <td class=\"code\" align=\"center\" style=\"background-color:#f4f4f5;border-radius:8px;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;\">${code}</td>\n              </tr>\n            </table>\n            <p class=\"soft\" style=\"margin:0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:15px;line-height:24px;color:#3f3f46;\">验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。</p>\n          </td>\n        </tr>\n        <tr>\n          <td class=\"soft\" style=\"padding:20px 4px 0;font-family:-apple-system,''Segoe UI'',Roboto,''PingFang SC'',''Microsoft YaHei'',''Noto Sans CJK SC'',Arial,sans-serif;font-size:12px;line-height:18px;color:#71717a;\">你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。</td>\n        </tr>\n      </table>\n    </td>\n  </tr>\n</table>\n</body>\n</html>\n", "subject": "${app_name} 登录验证码：${code}"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.496+00');
INSERT INTO public.template_version VALUES ('01a22991-8237-774b-a0f7-48e79b361521', 1, '{"mainland": {"mapping": {"code": {"variable": "code"}}, "signature": "星桥智家", "templateCode": "SMS_280010001", "templateText": "您的登录验证码为${code}，请勿告诉他人。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.638+00');
INSERT INTO public.template_version VALUES ('01a22991-825d-704e-b16c-79138f21bc8a', 1, '{"mainland": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "星桥智家", "templateCode": "SMS_280020001", "templateText": "您的设备${device}发生告警：${content}，请及时处理。"}, "international": {"mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "signature": "Starbridge", "templateCode": "SMS_280040002", "templateText": "Alarm from your device ${device}: ${content}. Check it soon."}}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.676+00');
INSERT INTO public.template_version VALUES ('01a22991-827a-744d-8901-054adfa70743', 1, '{"mainland": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "星桥验证", "templateCode": "SMS_280010004", "templateText": "验证码${code}，${ttl}分钟内有效，请勿泄露。"}, "international": {"mapping": {"ttl": {"variable": "expires_in_minutes"}, "code": {"variable": "code"}}, "signature": "Starbridge", "templateCode": "SMS_280040001", "templateText": "Your verification code is ${code}. It expires in ${ttl} minutes."}}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.704+00');
INSERT INTO public.template_version VALUES ('01a22991-82ac-7170-ba38-b156f483f1bf', 1, '{"speed": 0, "volume": 100, "mapping": {"device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020001", "playTimes": 2, "templateText": "您好，您的设备${device}发生告警，内容是${content}，请及时处理。"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.756+00');
INSERT INTO public.template_version VALUES ('01a22991-82be-7157-84bf-1c9c1bc70e91', 1, '{"speed": 0, "volume": 100, "mapping": {"app": {"variable": "app_name"}, "level": {"variable": "alarm_level"}, "device": {"variable": "device_name"}, "content": {"variable": "alarm_content"}}, "ttsCode": "TTS_280020003", "playTimes": 2, "templateText": "您好，${app}提醒您，设备${device}发生${level}级告警，内容是${content}，请及时处理。", "calledShowNumber": "057100000000"}', NULL, '01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox', '2026-11-29 23:08:51.773+00');
INSERT INTO public."user" VALUES ('01a22991-80f1-7011-9e96-deb4556815cf', 'Sandbox owner', 'owner@example.com', true, NULL, NULL, '2026-11-29 23:08:51.313+00', '2026-11-29 23:08:51.313+00');
SELECT pg_catalog.setval('drizzle.__drizzle_migrations_id_seq', 5, true);
SELECT pg_catalog.setval('public.message_event_id_seq', 33, true);
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
ALTER TABLE ONLY public.push_rule_version
    ADD CONSTRAINT push_rule_version_rule_id_version_pk PRIMARY KEY (rule_id, version);
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
ALTER TABLE ONLY public.verification_answer
    ADD CONSTRAINT verification_answer_app_id_idempotency_key_pk PRIMARY KEY (app_id, idempotency_key);
ALTER TABLE ONLY public.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.verification_recipient
    ADD CONSTRAINT verification_recipient_organization_id_recipient_key_pk PRIMARY KEY (organization_id, recipient_key);
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
CREATE INDEX message_to_settle ON public.message USING btree (account_id, settle_at) WHERE (settle_at IS NOT NULL);
CREATE INDEX message_waiting ON public.message USING btree (organization_id, channel, id) WHERE waiting;
CREATE INDEX message_with_problem ON public.message USING btree (organization_id, id) WHERE problem;
CREATE UNIQUE INDEX official_account_once_per_organization ON public.account USING btree (organization_id, ((config ->> 'appId'::text))) WHERE (channel = 'official_account'::text);
CREATE UNIQUE INDEX one_account_per_receipt_token ON public.account USING btree (receipt_token);
CREATE UNIQUE INDEX one_open_invitation_per_address ON public.invitation USING btree (organization_id, email);
CREATE UNIQUE INDEX one_pending_verification ON public.verification USING btree (app_id, kind, scenario, recipient) WHERE (status = 'pending'::text);
CREATE UNIQUE INDEX one_validated_account_per_channel ON public.account USING btree (organization_id, channel) WHERE validated;
CREATE INDEX provider_reference_created_at_index ON public.provider_reference USING btree (created_at);
CREATE INDEX push_damping_window_end_index ON public.push_damping USING btree (window_end);
CREATE INDEX push_rule_by_account ON public.push_rule USING btree (account_id);
CREATE INDEX push_rule_by_event ON public.push_rule USING btree (app_id, scenario);
CREATE INDEX push_rule_by_organization ON public.push_rule USING btree (organization_id, id);
CREATE UNIQUE INDEX push_rule_name_once_per_organization ON public.push_rule USING btree (organization_id, name);
CREATE INDEX session_user_id_index ON public.session USING btree (user_id);
CREATE INDEX template_by_account ON public.template USING btree (account_id);
CREATE INDEX verification_answer_created_at_index ON public.verification_answer USING btree (created_at);
CREATE INDEX verification_recipient_updated_at_index ON public.verification_recipient USING btree (updated_at);
CREATE INDEX verification_to_end ON public.verification USING btree (expires_at) WHERE (status = 'pending'::text);
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
ALTER TABLE ONLY public.push_rule_version
    ADD CONSTRAINT push_rule_version_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
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
ALTER TABLE ONLY public.verification_answer
    ADD CONSTRAINT verification_answer_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.verification
    ADD CONSTRAINT verification_app_id_app_id_fk FOREIGN KEY (app_id) REFERENCES public.app(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.verification_recipient
    ADD CONSTRAINT verification_recipient_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
