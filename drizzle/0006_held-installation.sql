CREATE TABLE "installation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"identity" text,
	"held_since" timestamp with time zone,
	"held_why" text,
	CONSTRAINT "one_installation" CHECK ("installation"."id" = 1),
	CONSTRAINT "held_for_a_reason" CHECK (("installation"."held_since" is null) = ("installation"."held_why" is null)),
	CONSTRAINT "held_why_is_known" CHECK ("installation"."held_why" in ('copied', 'asked'))
);
