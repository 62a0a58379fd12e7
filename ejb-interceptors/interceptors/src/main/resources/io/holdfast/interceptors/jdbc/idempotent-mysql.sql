create table if not exists holdfast_idempotent (
    operation varchar(200) not null,
    call_key varchar(512) not null,
    result longtext not null,
    created_at bigint not null,
    repeats bigint not null default 0,
    primary key (operation, call_key),
    index holdfast_idempotent_created (created_at)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
create table if not exists holdfast_consumed (
    consumer varchar(200) not null,
    message_id varchar(512) not null,
    created_at bigint not null,
    repeats bigint not null default 0,
    primary key (consumer, message_id),
    index holdfast_consumed_created (created_at)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
