ALTER TABLE "device_event" ALTER COLUMN "answer" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "template_count" integer;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "templates_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "push_damping" ADD COLUMN "held_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "push_rule" ADD COLUMN "usable_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "push_rule_by_organization" ON "push_rule" USING btree ("organization_id","id");