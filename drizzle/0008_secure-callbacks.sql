CREATE TABLE "callback_nonce" (
	"account_id" uuid NOT NULL,
	"nonce" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "callback_nonce_account_id_nonce_pk" PRIMARY KEY("account_id","nonce")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "secure_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "callback_nonce" ADD CONSTRAINT "callback_nonce_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callback_nonce_expires_at_index" ON "callback_nonce" USING btree ("expires_at");