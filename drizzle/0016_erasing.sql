CREATE INDEX IF NOT EXISTS "message_by_recipient_beginning" ON "message" USING btree ("organization_id",lower("recipient") text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "verification_by_recipient" ON "verification" USING btree (lower("recipient") text_pattern_ops);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "webhook_delivery_by_subject" ON "webhook_delivery" USING btree ("subject_id");--> statement-breakpoint
DROP INDEX "message_by_recipient_in_any_case";
