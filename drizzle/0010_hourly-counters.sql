CREATE TABLE "message_count" (
	"organization_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"app_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"scenario" text NOT NULL,
	"provider" text NOT NULL,
	"outcome" text NOT NULL,
	"slot" smallint NOT NULL,
	"messages" integer NOT NULL,
	"segments" integer NOT NULL,
	CONSTRAINT "message_count_pk" PRIMARY KEY("organization_id","hour","app_id","channel","scenario","provider","outcome","slot")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "segments" smallint;--> statement-breakpoint
ALTER TABLE "message_count" ADD CONSTRAINT "message_count_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_count_hour_index" ON "message_count" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "message_count_to_fold" ON "message_count" USING btree ("hour") WHERE "message_count"."slot" <> 0;--> statement-breakpoint
-- What Apps sent is counted. A message of before has no provider of its own yet: it is that of its account, where it is still there.
INSERT INTO "message_count" ("organization_id", "hour", "app_id", "channel", "scenario", "provider", "outcome", "slot", "messages", "segments")
SELECT m."organization_id", date_trunc('hour', m."created_at", 'UTC'), coalesce(m."app_id", '00000000-0000-0000-0000-000000000000'), m."channel",
  m."scenario", counted."provider", counted."outcome", 0, count(*), 0
FROM "message" m LEFT JOIN "account" a ON a."id" = m."account_id"
CROSS JOIN LATERAL (VALUES ('accepted', ''), (m."status", coalesce(a."provider", ''))) AS counted("outcome", "provider")
WHERE m."kind" = 'live' AND counted."outcome" NOT IN ('queued', 'sending')
GROUP BY 1, 2, 3, 4, 5, 6, 7;
