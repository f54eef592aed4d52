-- In the order in which the start of a code takes them, or the two could wait for each other for ever.
LOCK TABLE "template", "app", "verification", "message" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "traceparent" text;