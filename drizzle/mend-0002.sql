-- Migration 0002 landed in a first form, which 0003 and 0004 of that time changed, and was then made anew. This brings a
-- database of those versions to where the present 0002 leads, whichever of the three it had reached, and notes that one
-- as done. Anywhere else it changes nothing. It runs before the migrations, since these would begin with 0002.
do $$
begin
  if to_regclass('drizzle.__drizzle_migrations') is null then
    return;
  end if;
  if not exists (select from drizzle.__drizzle_migrations where created_at = 1795627311274)
    or exists (select from drizzle.__drizzle_migrations where created_at >= 1795632456784) then
    return;
  end if;
  alter table "message" add column if not exists "unsure_since" timestamp with time zone;
  alter table "device_event" alter column "answer" set data type json;
  alter table "account" add column if not exists "template_count" integer;
  alter table "account" add column if not exists "templates_asked_at" timestamp with time zone;
  alter table "push_damping" add column if not exists "held_before" integer default 0 not null;
  alter table "push_rule" add column if not exists "usable_since" timestamp with time zone;
  create index if not exists "push_rule_by_organization" on "push_rule" using btree ("organization_id","id");
  drop index "message_to_settle";
  create index "message_to_settle" on "message" using btree ("account_id","settle_at") where "message"."settle_at" is not null;
  insert into drizzle.__drizzle_migrations ("hash", "created_at")
  values ('16fc4cab0a235279ce2d5a3c94810639c99c05a289b799a2288467881c001871', 1795632456784);
end $$;
