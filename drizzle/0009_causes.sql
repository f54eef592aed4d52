ALTER TABLE "account" ADD COLUMN "failing_cause" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "error_cause" text;--> statement-breakpoint
ALTER TABLE "message_event" ADD COLUMN "cause" text;