CREATE TABLE "sample_value" (
	"organization_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"scenario" text NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "sample_value_organization_id_user_id_scenario_pk" PRIMARY KEY("organization_id","user_id","scenario")
);
--> statement-breakpoint
ALTER TABLE "template" DROP CONSTRAINT "one_template_per_channel_scenario_and_app";--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "sample_value" ADD CONSTRAINT "sample_value_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_value" ADD CONSTRAINT "sample_value_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template" ADD CONSTRAINT "one_template_per_place_and_language" UNIQUE NULLS NOT DISTINCT("organization_id","channel","scenario","app_id","locale");