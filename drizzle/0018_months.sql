-- The smallest id of a moment, see firstIdAt.
CREATE FUNCTION "first_id_at"(moment timestamp with time zone) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;--> statement-breakpoint
-- Where the part that is open ahead begins.
CREATE FUNCTION "message_months_end"() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT substring(pg_get_expr(relpartbound, oid) FROM 'FROM \(''([^'']+)''\)')::uuid FROM pg_class WHERE oid = to_regclass('message_ahead')
$$;--> statement-breakpoint
-- Makes the next month, unless the months reach as far as `until` already. Gives whether it did. Whoever waits for the locks keeps
-- everybody else waiting, and gives up, for another time, before the database would look for a deadlock and end another one for it.
CREATE FUNCTION "add_message_month"(until timestamp with time zone) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '500ms' AS $$
DECLARE
  since uuid;
  first_day timestamp;
  bound uuid;
  part record;
BEGIN
  IF message_months_end() >= first_id_at(until) THEN
    RETURN false;
  END IF;
  BEGIN
    LOCK TABLE organization IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE message, message_event IN ACCESS EXCLUSIVE MODE;
  EXCEPTION WHEN lock_not_available THEN
    RETURN false;
  END;
  since := message_months_end();
  IF since >= first_id_at(until) THEN
    RETURN false;
  END IF;
  first_day := to_timestamp(('x' || left(replace(since::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AT TIME ZONE 'UTC';
  bound := first_id_at((first_day + interval '1 month') AT TIME ZONE 'UTC');
  FOR part IN SELECT whole, key, whole || '_ahead' AS ahead, whole || to_char(first_day, '_YYYY_MM') AS month
    FROM (VALUES ('message', 'id'), ('message_event', 'message_id')) AS tables(whole, key)
  LOOP
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', part.whole, part.ahead);
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING INDEXES)', part.month, part.ahead);
    EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      part.ahead, part.key, bound, part.month);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part.whole, part.month, since, bound);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (MAXVALUE)', part.whole, part.ahead, bound);
  END LOOP;
  RETURN true;
END $$;--> statement-breakpoint
-- Whether something still happens by itself to a message before `bound`. A message that is queued or being sent has a job.
CREATE FUNCTION "is_under_way_before"(bound uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM message WHERE waiting AND id < bound)
    OR EXISTS (SELECT FROM message WHERE settle_at IS NOT NULL AND id < bound)
    OR EXISTS (SELECT FROM pgboss.job WHERE name = 'deliveries' AND state <= 'active' AND (data ->> 'messageId')::uuid < bound);
END $$;--> statement-breakpoint
-- Drops the months up to `bound`, which is the end of one, with all that hangs on their messages: the part that is open behind reaches
-- as far from now on, and is empty. Gives whether it did: not while something of theirs is under way.
CREATE FUNCTION "drop_message_months"(bound uuid) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '500ms' AS $$
DECLARE
  part record;
  month record;
BEGIN
  BEGIN
    LOCK TABLE organization IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE message, message_event IN ACCESS EXCLUSIVE MODE;
  EXCEPTION WHEN lock_not_available THEN
    RETURN false;
  END;
  IF is_under_way_before(bound) THEN
    RETURN false;
  END IF;
  FOR part IN SELECT whole, whole || '_past' AS past FROM unnest(ARRAY['message', 'message_event']) AS whole
  LOOP
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', part.whole, part.past);
    FOR month IN SELECT c.oid::regclass AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = part.whole::regclass AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''')::uuid <= bound
    LOOP
      EXECUTE format('DROP TABLE %s', month.name);
    END LOOP;
    EXECUTE format('TRUNCATE %I', part.past);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', part.whole, part.past, bound);
  END LOOP;
  DELETE FROM message_key WHERE message_id < bound;
  DELETE FROM provider_reference WHERE message_id < bound;
  DELETE FROM overdue_content WHERE message_id < bound;
  RETURN true;
END $$;--> statement-breakpoint
-- Messages and their events are split by month without copying them: the tables that are there become the first part, `…_past`. All
-- of it is one statement, so that nobody waits for the way there and back between any two. The locks are taken in the order in which
-- statements take them, or the two could wait for each other for ever.
LOCK TABLE "organization" IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE "message", "message_event", "provider_reference", "overdue_content" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "message_event" DROP CONSTRAINT "message_event_message_id_message_id_fk";
ALTER TABLE "overdue_content" DROP CONSTRAINT "overdue_content_message_id_message_id_fk";
ALTER TABLE "provider_reference" DROP CONSTRAINT "provider_reference_message_id_message_id_fk";
DROP TRIGGER "tell_of_messages" ON "message";
ALTER TABLE "message" RENAME TO "message_past";
ALTER TABLE "message_past" RENAME CONSTRAINT "message_pkey" TO "message_past_pkey";
ALTER INDEX "message_by_organization" RENAME TO "message_past_by_organization";
ALTER INDEX "message_by_app" RENAME TO "message_past_by_app";
ALTER INDEX "message_by_recipient_beginning" RENAME TO "message_past_by_recipient_beginning";
ALTER INDEX "message_with_problem" RENAME TO "message_past_with_problem";
ALTER INDEX "message_waiting" RENAME TO "message_past_waiting";
ALTER INDEX "message_to_settle" RENAME TO "message_past_to_settle";
CREATE TABLE "message" (LIKE "message_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("id");
ALTER TABLE "message" ADD CONSTRAINT "message_pkey" PRIMARY KEY ("id");
ALTER TABLE "message" ADD CONSTRAINT "message_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "message_by_organization" ON "message" USING btree ("organization_id","id");
CREATE INDEX "message_by_app" ON "message" USING btree ("app_id","id");
CREATE INDEX "message_by_recipient_beginning" ON "message" USING btree ("organization_id",lower("recipient") text_pattern_ops,"id");
CREATE INDEX "message_with_problem" ON "message" USING btree ("organization_id","id") WHERE "message"."problem";
CREATE INDEX "message_waiting" ON "message" USING btree ("organization_id","channel","id") WHERE "message"."waiting";
CREATE INDEX "message_to_settle" ON "message" USING btree ("account_id","settle_at") WHERE "message"."settle_at" is not null;
CREATE TRIGGER "tell_of_messages" AFTER UPDATE ON "message" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_messages"();
ALTER TABLE "message_event" RENAME TO "message_event_past";
ALTER TABLE "message_event_past" RENAME CONSTRAINT "message_event_message_id_id_pk" TO "message_event_past_pkey";
CREATE TABLE "message_event" (LIKE "message_event_past" INCLUDING DEFAULTS) PARTITION BY RANGE ("message_id");
ALTER TABLE "message_event" ADD CONSTRAINT "message_event_message_id_id_pk" PRIMARY KEY ("message_id","id");
-- Numbers go on where they were.
DO $$
DECLARE
  last bigint;
  is_used boolean;
BEGIN
  SELECT last_value, is_called INTO last, is_used FROM message_event_id_seq;
  ALTER TABLE message_event_past ALTER COLUMN id DROP IDENTITY;
  ALTER TABLE message_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME message_event_id_seq);
  PERFORM setval('message_event_id_seq', last, is_used);
END $$;
-- Both ends are open, so that every message has a place, whatever its clock says, and the parts stay in one order without a gap: a
-- part for everything else, DEFAULT, would have pages of the log read the first of each part. What is dated after this month moves.
DO $$
DECLARE
  bound uuid := first_id_at((date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
BEGIN
  CREATE TABLE message_ahead (LIKE message INCLUDING DEFAULTS INCLUDING INDEXES);
  CREATE TABLE message_event_ahead (LIKE message_event INCLUDING DEFAULTS INCLUDING INDEXES);
  WITH moved AS (DELETE FROM message_past WHERE id >= bound RETURNING *) INSERT INTO message_ahead SELECT * FROM moved;
  WITH moved AS (DELETE FROM message_event_past WHERE message_id >= bound RETURNING *) INSERT INTO message_event_ahead SELECT * FROM moved;
  EXECUTE format('ALTER TABLE message ATTACH PARTITION message_past FOR VALUES FROM (MINVALUE) TO (%L)', bound);
  EXECUTE format('ALTER TABLE message ATTACH PARTITION message_ahead FOR VALUES FROM (%L) TO (MAXVALUE)', bound);
  EXECUTE format('ALTER TABLE message_event ATTACH PARTITION message_event_past FOR VALUES FROM (MINVALUE) TO (%L)', bound);
  EXECUTE format('ALTER TABLE message_event ATTACH PARTITION message_event_ahead FOR VALUES FROM (%L) TO (MAXVALUE)', bound);
END $$;
DO $$
BEGIN
  WHILE add_message_month(now() + interval '70 days') LOOP END LOOP;
END $$;
