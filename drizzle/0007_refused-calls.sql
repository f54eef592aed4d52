CREATE TABLE "refused_call" (
	"organization_id" uuid NOT NULL,
	"app_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"channel" text NOT NULL,
	"scenario" text NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "refused_call_app_id_hour_channel_scenario_code_reason_pk" PRIMARY KEY("app_id","hour","channel","scenario","code","reason")
);
--> statement-breakpoint
ALTER TABLE "refused_call" ADD CONSTRAINT "refused_call_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_call" ADD CONSTRAINT "refused_call_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refused_call_by_organization" ON "refused_call" USING btree ("organization_id","last_at");--> statement-breakpoint
CREATE INDEX "refused_call_hour_index" ON "refused_call" USING btree ("hour");