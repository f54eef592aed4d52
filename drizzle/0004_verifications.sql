CREATE TABLE "verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"app_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"scenario" text NOT NULL,
	"recipient" text NOT NULL,
	"status" text NOT NULL,
	"code_hash" text NOT NULL,
	"sealed_code" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_status_is_known" CHECK ("verification"."status" in ('pending', 'approved', 'expired', 'exhausted'))
);
--> statement-breakpoint
CREATE TABLE "verification_answer" (
	"app_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_answer_app_id_idempotency_key_pk" PRIMARY KEY("app_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "verification_recipient" (
	"organization_id" uuid NOT NULL,
	"recipient_key" text NOT NULL,
	"sent_at" timestamp with time zone[] NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_recipient_organization_id_recipient_key_pk" PRIMARY KEY("organization_id","recipient_key")
);
--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "code_length" integer DEFAULT 6 NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "code_countries" text[] DEFAULT '{"86"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "codes_per_hour" integer DEFAULT 2000 NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "codes_per_country_hour" integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "codes_per_ip_hour" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "verification_id" uuid;--> statement-breakpoint
ALTER TABLE "verification" ADD CONSTRAINT "verification_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_answer" ADD CONSTRAINT "verification_answer_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_recipient" ADD CONSTRAINT "verification_recipient_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_pending_verification" ON "verification" USING btree ("app_id","kind","scenario","recipient") WHERE "verification"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "verification_to_end" ON "verification" USING btree ("expires_at") WHERE "verification"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "verification_answer_created_at_index" ON "verification_answer" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "verification_recipient_updated_at_index" ON "verification_recipient" USING btree ("updated_at");--> statement-breakpoint
ALTER TABLE "app" ADD CONSTRAINT "app_code_length" CHECK ("app"."code_length" between 4 and 8);