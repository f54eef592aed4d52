CREATE TABLE "access_token" (
	"key" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "early_receipt" (
	"account_id" uuid NOT NULL,
	"provider_message_id" text NOT NULL,
	"reference" text NOT NULL,
	"state" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "early_receipt_account_id_provider_message_id_reference_state_pk" PRIMARY KEY("account_id","provider_message_id","reference","state")
);
--> statement-breakpoint
CREATE TABLE "provider_reference" (
	"account_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"message_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_reference_account_id_reference_pk" PRIMARY KEY("account_id","reference")
);
--> statement-breakpoint
CREATE TABLE "device_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"scenario" text NOT NULL,
	"reference" text,
	"idempotency_key" text,
	"body_hash" text,
	"answer" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_damping" (
	"rule_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"window_end" timestamp with time zone NOT NULL,
	"held_back" integer NOT NULL,
	"held_before" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "push_damping_rule_id_recipient_pk" PRIMARY KEY("rule_id","recipient")
);
--> statement-breakpoint
CREATE TABLE "push_rule" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"app_id" uuid NOT NULL,
	"scenario" text NOT NULL,
	"account_id" uuid,
	"account_name" text NOT NULL,
	"content" jsonb NOT NULL,
	"variables" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"invalid_reason" text,
	"usable_since" timestamp with time zone,
	"damping_seconds" integer DEFAULT 0 NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text,
	CONSTRAINT "push_rule_damping" CHECK ("push_rule"."damping_seconds" between 0 and 86400)
);
--> statement-breakpoint
CREATE TABLE "template_proof" (
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"code" text,
	"detail" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "template_proof_account_id_subject_pk" PRIMARY KEY("account_id","subject")
);
--> statement-breakpoint
ALTER TABLE "template" DROP CONSTRAINT "one_template_per_place_and_language";--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "receipt_token" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "template_count" integer;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "templates_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "push_rule_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "event_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "unsure_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "settle_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "standing" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "standing_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "usable_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "provider_reference" ADD CONSTRAINT "provider_reference_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_event" ADD CONSTRAINT "device_event_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_event" ADD CONSTRAINT "device_event_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_damping" ADD CONSTRAINT "push_damping_rule_id_push_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."push_rule"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_rule" ADD CONSTRAINT "push_rule_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_rule" ADD CONSTRAINT "push_rule_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_rule" ADD CONSTRAINT "push_rule_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_proof" ADD CONSTRAINT "template_proof_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "early_receipt_received_at_index" ON "early_receipt" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "provider_reference_created_at_index" ON "provider_reference" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "device_event_idempotency" ON "device_event" USING btree ("app_id","idempotency_key") WHERE "device_event"."idempotency_key" is not null;--> statement-breakpoint
CREATE INDEX "device_event_by_age" ON "device_event" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "push_damping_window_end_index" ON "push_damping" USING btree ("window_end");--> statement-breakpoint
CREATE UNIQUE INDEX "push_rule_name_once_per_organization" ON "push_rule" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "push_rule_by_organization" ON "push_rule" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "push_rule_by_event" ON "push_rule" USING btree ("app_id","scenario");--> statement-breakpoint
CREATE INDEX "push_rule_by_account" ON "push_rule" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_account_per_receipt_token" ON "account" USING btree ("receipt_token");--> statement-breakpoint
CREATE UNIQUE INDEX "official_account_once_per_organization" ON "account" USING btree ("organization_id",("config" ->> 'appId')) WHERE "account"."channel" = 'official_account';--> statement-breakpoint
CREATE INDEX "message_to_settle" ON "message" USING btree ("account_id","settle_at") WHERE "message"."settle_at" is not null;--> statement-breakpoint
CREATE INDEX "template_by_account" ON "template" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "template" ADD CONSTRAINT "one_template_per_place_language_and_account" UNIQUE NULLS NOT DISTINCT("organization_id","channel","scenario","app_id","locale","account_id");