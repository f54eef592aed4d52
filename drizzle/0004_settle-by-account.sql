DROP INDEX "message_to_settle";--> statement-breakpoint
CREATE INDEX "message_to_settle" ON "message" USING btree ("account_id","settle_at") WHERE "message"."settle_at" is not null;