CREATE TABLE "push_rule_version" (
	"organization_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "push_rule_version_rule_id_version_pk" PRIMARY KEY("rule_id","version")
);
--> statement-breakpoint
ALTER TABLE "push_rule_version" ADD CONSTRAINT "push_rule_version_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "push_rule_version" ("organization_id", "rule_id", "version", "content") SELECT "organization_id", "id", "version", "content" FROM "push_rule";
