-- Every key starts with the organisation (or the feed) so that the tables can be spread over servers by it.
-- Order is given by counters in rows that are locked, never by sequences or clocks.

create table organisation (
  org_id text primary key,
  name text not null,
  created_at timestamptz not null
);

create table enrol_code (
  code_id text primary key,
  org_id text not null,
  secret text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  device_id text,
  device_name text
);

create table device (
  org_id text not null,
  device_id text not null,
  jwk text not null,
  name text not null,
  enrolled_at timestamptz not null,
  revoked_at timestamptz,
  primary key (org_id, device_id)
);

-- For which organisation a device acts now.
create table device_place (
  device_id text primary key,
  org_id text not null
);

create table session (
  token_hash text primary key,
  org_id text not null,
  device_id text not null,
  expires_at timestamptz not null
);
create index session_expiry on session (expires_at);

create table upload (
  org_id text not null,
  upload_id text not null,
  sha256 text not null,
  size bigint not null,
  -- 32 bytes per leaf.
  leaves bytea not null,
  received boolean not null default false,
  touched_at timestamptz not null,
  primary key (org_id, upload_id)
);
create index upload_age on upload (touched_at);

create table upload_leaf (
  org_id text not null,
  upload_id text not null,
  leaf integer not null,
  primary key (org_id, upload_id, leaf)
);

create table package (
  org_id text not null,
  sha256 text not null,
  size bigint not null,
  seal text not null,
  dossier text not null,
  report text,
  supersedes text,
  device_id text not null,
  received_at timestamptz not null,
  audit_seq bigint not null,
  receipt text not null,
  primary key (org_id, sha256)
);
create index package_seal on package (org_id, seal);
create index package_supersedes on package (org_id, supersedes);

-- The public page finds a package by the hash of its signed report or by its seal, which is printed in the report.
create table lookup (
  code text not null,
  org_id text not null,
  sha256 text not null,
  primary key (code, org_id)
);

create table audit_head (
  org_id text primary key,
  seq bigint not null,
  hash text not null
);

create table audit (
  org_id text not null,
  seq bigint not null,
  entry text not null,
  prev text not null,
  hash text not null,
  primary key (org_id, seq)
);

create table feed_head (
  feed_id text primary key,
  last_seq bigint not null
);

create table feed (
  feed_id text not null,
  seq bigint not null,
  item text not null,
  primary key (feed_id, seq)
);
