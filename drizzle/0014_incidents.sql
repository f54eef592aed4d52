CREATE TABLE "incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"cause" text NOT NULL,
	"details" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"recovered_at" timestamp with time zone,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"tell_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "incident_telling" (
	"incident_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"is_over" boolean NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"message_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_telling_incident_id_user_id_is_over_pk" PRIMARY KEY("incident_id","user_id","is_over")
);
--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "wants_incidents" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "incident_phone" text;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "lost_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_telling" ADD CONSTRAINT "incident_telling_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_incident" ON "incident" USING btree ("organization_id","kind","place","cause") WHERE "incident"."recovered_at" is null;--> statement-breakpoint
CREATE INDEX "incident_by_organization" ON "incident" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "incident_to_tell" ON "incident" USING btree ("tell_at") WHERE "incident"."tell_at" is not null;
--> statement-breakpoint
-- A template that is saved begins anew: what its author sees at once is no loss.
CREATE FUNCTION "note_loss"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.lost_at := CASE
    WHEN new.version <> old.version OR new.account_id IS DISTINCT FROM old.account_id THEN NULL
    WHEN NOT EXISTS (SELECT FROM jsonb_each(new.standing) WHERE value ->> 'blocked' IS NOT NULL) THEN NULL
    WHEN EXISTS (SELECT FROM jsonb_each(new.standing) a WHERE a.value ->> 'blocked' IS NOT NULL
      AND old.standing -> a.key ->> 'blocked' IS NULL) THEN now()
    ELSE old.lost_at END;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER "note_loss" BEFORE UPDATE OF "standing", "version", "account_id" ON "template" FOR EACH ROW
WHEN (new.standing IS DISTINCT FROM old.standing OR new.version <> old.version) EXECUTE FUNCTION "note_loss"();
