CREATE TABLE "overdue_content" (
	"message_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "content_dropped" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "message_days" integer;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "content_days" integer;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "content_dropped_to" uuid;--> statement-breakpoint
ALTER TABLE "overdue_content" ADD CONSTRAINT "overdue_content_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "provider_reference_by_message" ON "provider_reference" USING btree ("message_id");--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_message_days" CHECK ("organization"."message_days" between 7 and 3650);--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_content_days" CHECK ("organization"."content_days" between 1 and 3650 and "organization"."content_days" <= coalesce("organization"."message_days", 3650));