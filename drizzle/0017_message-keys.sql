CREATE TABLE "message_key" (
	"app_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"message_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_key_app_id_kind_idempotency_key_pk" PRIMARY KEY("app_id","kind","idempotency_key")
);
--> statement-breakpoint
-- Keys stand for a day. They are found by the ids of two, since an id is dated by another clock than its message.
CREATE FUNCTION pg_temp.copy_keys(since interval) RETURNS void LANGUAGE sql AS $$
  INSERT INTO message_key (app_id, kind, idempotency_key, body_hash, message_id, created_at)
  SELECT app_id, kind, idempotency_key, coalesce(body_hash, ''), id, created_at FROM message
  WHERE idempotency_key IS NOT NULL AND app_id IS NOT NULL AND created_at > now() - interval '1 day'
    AND id >= (lpad(to_hex((extract(epoch FROM now() - since) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
  ON CONFLICT DO NOTHING
$$;--> statement-breakpoint
-- Most are copied while messages go on being accepted, and what was accepted meanwhile once that has to wait.
SELECT pg_temp.copy_keys(interval '2 days');--> statement-breakpoint
CREATE INDEX "message_key_by_message" ON "message_key" USING btree ("message_id");--> statement-breakpoint
LOCK TABLE "message" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
SELECT pg_temp.copy_keys(interval '1 hour');--> statement-breakpoint
DROP FUNCTION pg_temp.copy_keys;--> statement-breakpoint
DROP INDEX "message_idempotency_by_kind";--> statement-breakpoint
ALTER TABLE "message" DROP COLUMN "idempotency_key";--> statement-breakpoint
ALTER TABLE "message" DROP COLUMN "body_hash";
