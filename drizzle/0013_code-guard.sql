CREATE TABLE "code_count" (
	"key" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"sent" integer NOT NULL,
	"verified" integer NOT NULL,
	CONSTRAINT "code_count_key_hour_pk" PRIMARY KEY("key","hour")
);
--> statement-breakpoint
CREATE TABLE "code_decision" (
	"app_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"channel" text NOT NULL,
	"cause" text NOT NULL,
	"value" text NOT NULL,
	"span" text NOT NULL,
	"counted" integer NOT NULL,
	"allowed" integer NOT NULL,
	"codes" integer NOT NULL,
	"refused" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "code_decision_app_id_hour_channel_cause_value_pk" PRIMARY KEY("app_id","hour","channel","cause","value"),
	CONSTRAINT "code_decision_span_is_known" CHECK ("code_decision"."span" in ('hour', 'day'))
);
--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "guard_mode" text DEFAULT 'record' NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "codes_per_day" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "app" ADD COLUMN "stopped_channels" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "verification" ADD COLUMN "counted" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "code_decision" ADD CONSTRAINT "code_decision_app_id_app_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."app"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "code_count_hour_index" ON "code_count" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "code_decision_hour_index" ON "code_decision" USING btree ("hour");--> statement-breakpoint
ALTER TABLE "app" ADD CONSTRAINT "app_guard_mode_is_known" CHECK ("app"."guard_mode" in ('record', 'block'));