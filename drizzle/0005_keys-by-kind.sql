CREATE INDEX IF NOT EXISTS "message_by_recipient_in_any_case" ON "message" USING btree ("organization_id",lower("recipient"),"id");--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "message_idempotency_by_kind" ON "message" USING btree ("app_id","kind","idempotency_key") WHERE "message"."idempotency_key" is not null;--> statement-breakpoint
DROP INDEX "message_by_recipient";--> statement-breakpoint
DROP INDEX "message_idempotency";--> statement-breakpoint
ALTER TABLE "device_event" ADD COLUMN "kind" text DEFAULT 'live' NOT NULL;--> statement-breakpoint
-- Which kind of key an event came with is known by its messages. Keys stand for a day.
UPDATE "device_event" SET "kind" = 'test' WHERE "idempotency_key" is not null AND "created_at" > now() - interval '1 day'
  AND (SELECT m."kind" FROM "message" m WHERE m."id" = ("answer" -> 'messages' -> 0 ->> 'id')::uuid) = 'test';--> statement-breakpoint
ALTER TABLE "device_event" ALTER COLUMN "kind" DROP DEFAULT;--> statement-breakpoint
CREATE UNIQUE INDEX "device_event_idempotency_by_kind" ON "device_event" USING btree ("app_id","kind","idempotency_key") WHERE "device_event"."idempotency_key" is not null;--> statement-breakpoint
DROP INDEX "device_event_idempotency";--> statement-breakpoint
ALTER TABLE "verification_answer" ADD COLUMN "kind" text DEFAULT 'live' NOT NULL;--> statement-breakpoint
UPDATE "verification_answer" SET "kind" = 'test' WHERE "created_at" > now() - interval '1 day'
  AND (SELECT v."kind" FROM "verification" v WHERE v."id" = ("answer" ->> 'id')::uuid) = 'test';--> statement-breakpoint
ALTER TABLE "verification_answer" ALTER COLUMN "kind" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "verification_answer" DROP CONSTRAINT "verification_answer_app_id_idempotency_key_pk";--> statement-breakpoint
ALTER TABLE "verification_answer" ADD CONSTRAINT "verification_answer_app_id_kind_idempotency_key_pk" PRIMARY KEY("app_id","kind","idempotency_key");
