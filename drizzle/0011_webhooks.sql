CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid,
	"sequence" integer,
	"details" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone,
	"ms" integer,
	"answer_status" integer,
	"error" text,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text NOT NULL,
	"events" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"is_gone" boolean DEFAULT false NOT NULL,
	"whole_recipient" boolean NOT NULL,
	"sealed_secret" text NOT NULL,
	"sealed_former_secret" text,
	"former_until" timestamp with time zone,
	"failing_since" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_delivery_by_endpoint" ON "webhook_delivery" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("endpoint_id","next_at") WHERE "webhook_delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_failed" ON "webhook_delivery" USING btree ("endpoint_id","id") WHERE "webhook_delivery"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "webhook_endpoint_app_id_index" ON "webhook_endpoint" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "webhook_endpoint_organization_id_index" ON "webhook_endpoint" USING btree ("organization_id");--> statement-breakpoint
-- A UUID of version 7 (RFC 9562, 5.7): ids of deliveries sort by time, as all others do.
CREATE FUNCTION "uuid_of_now"() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;--> statement-breakpoint
-- Tells the endpoints that listen: those of one App or, where none is named, of all Apps of the organization.
CREATE FUNCTION "tell_endpoints"(of_organization uuid, of_app uuid, what text, subject uuid, details jsonb, at timestamp with time zone)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF of_app IS NOT NULL THEN
    INSERT INTO webhook_delivery (id, endpoint_id, type, subject_id, details, at, state, next_at)
    SELECT uuid_of_now(), e.id, what, subject, jsonb_strip_nulls(details), at, 'waiting', at
    FROM webhook_endpoint e WHERE e.app_id = of_app AND e.enabled AND what = ANY (e.events);
  ELSE
    INSERT INTO webhook_delivery (id, endpoint_id, type, subject_id, details, at, state, next_at)
    SELECT uuid_of_now(), e.id, what, subject, jsonb_strip_nulls(details), at, 'waiting', at
    FROM webhook_endpoint e WHERE e.organization_id = of_organization AND e.enabled AND what = ANY (e.events);
  END IF;
END $$;--> statement-breakpoint
-- Triggers, and not the statements that write outcomes: so that nobody who writes one, now or later, can forget to tell.
-- Messages are written fifty at a time: one look for all of them costs next to nothing where nobody listens.
CREATE FUNCTION "tell_of_messages"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_delivery (id, endpoint_id, type, subject_id, sequence, details, at, state, next_at)
  SELECT uuid_of_now(), e.id, 'message.' || n.status, n.id, (SELECT count(*) FROM message_event WHERE message_id = n.id),
    jsonb_strip_nulls(jsonb_build_object('status', n.status, 'attempt', n.attempt, 'error_code', n.error_code)), n.updated_at, 'waiting', n.updated_at
  FROM new_rows n JOIN old_rows o ON o.id = n.id
  JOIN webhook_endpoint e ON e.app_id = n.app_id AND e.enabled AND 'message.' || n.status = ANY (e.events)
  WHERE n.status <> o.status AND n.kind <> 'test_send';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_messages" AFTER UPDATE ON "message" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_messages"();--> statement-breakpoint
CREATE FUNCTION "tell_of_verification"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_endpoints(NULL, new.app_id, 'verification.' || new.status, new.id, jsonb_build_object('status', new.status), now());
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_verification" AFTER UPDATE OF "status" ON "verification" FOR EACH ROW
WHEN (old.status = 'pending' AND new.status <> 'pending') EXECUTE FUNCTION "tell_of_verification"();--> statement-breakpoint
CREATE FUNCTION "tell_of_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_endpoints(new.organization_id, NULL, CASE WHEN new.failing_since IS NULL THEN 'account.recovered' ELSE 'account.failing' END,
    new.id, jsonb_build_object('name', new.name, 'channel', new.channel, 'provider', new.provider,
      'code', new.failing_code, 'cause', new.failing_cause), now());
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_account" AFTER UPDATE OF "failing_since" ON "account" FOR EACH ROW
WHEN ((old.failing_since IS NULL) <> (new.failing_since IS NULL)) EXECUTE FUNCTION "tell_of_account"();--> statement-breakpoint
-- What its provider says of a template stands apart for each audience.
CREATE FUNCTION "tell_of_template"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  audience text;
  before text;
  after text;
BEGIN
  FOR audience IN SELECT jsonb_object_keys(old.standing || new.standing) LOOP
    before := old.standing -> audience ->> 'blocked';
    after := new.standing -> audience ->> 'blocked';
    IF (before IS NULL) <> (after IS NULL) THEN
      PERFORM tell_endpoints(new.organization_id, new.app_id, CASE WHEN after IS NULL THEN 'template.restored' ELSE 'template.blocked' END,
        new.id, jsonb_build_object('scenario', new.scenario, 'channel', new.channel, 'audience', audience, 'reason', after,
          'override', new.app_id IS NOT NULL), now());
    END IF;
  END LOOP;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_template" AFTER UPDATE OF "standing" ON "template" FOR EACH ROW
WHEN (new.standing IS DISTINCT FROM old.standing) EXECUTE FUNCTION "tell_of_template"();--> statement-breakpoint
CREATE FUNCTION "tell_of_push_rule"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_endpoints(new.organization_id, new.app_id, 'push_rule.invalid', new.id, jsonb_build_object('name', new.name,
    'scenario', new.scenario, 'reason', CASE WHEN new.account_id IS NULL THEN 'account_deleted' ELSE new.invalid_reason END), now());
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "tell_of_push_rule" AFTER UPDATE OF "account_id", "invalid_reason" ON "push_rule" FOR EACH ROW
WHEN (old.account_id IS NOT NULL AND old.invalid_reason IS NULL AND (new.account_id IS NULL OR new.invalid_reason IS NOT NULL))
EXECUTE FUNCTION "tell_of_push_rule"();
