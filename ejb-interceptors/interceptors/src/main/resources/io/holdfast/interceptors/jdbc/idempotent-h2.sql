create table if not exists holdfast_idempotent (
    operation varchar(200) not null,
    call_key varchar(512) not null,
    result clob not null,
    created_at bigint not null,
    primary key (operation, call_key)
);
create index if not exists holdfast_idempotent_created on holdfast_idempotent (created_at);
create table if not exists holdfast_consumed (
    consumer varchar(200) not null,
    message_id varchar(512) not null,
    created_at bigint not null,
    primary key (consumer, message_id)
);
create index if not exists holdfast_consumed_created on holdfast_consumed (created_at);
