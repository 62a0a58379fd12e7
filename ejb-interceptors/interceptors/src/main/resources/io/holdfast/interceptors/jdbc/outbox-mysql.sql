create table if not exists holdfast_outbox (
    seq bigint not null auto_increment primary key,
    message_id varchar(100) not null,
    partition_no int not null,
    destination varchar(500) not null,
    message_key varchar(200) not null,
    body longtext not null,
    properties longtext not null,
    attempts int not null,
    due_at bigint not null,
    created_at bigint not null,
    index holdfast_outbox_due (partition_no, due_at, seq),
    index holdfast_outbox_key (message_key, seq)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
create table if not exists holdfast_outbox_partition (
    partition_no int not null primary key
) engine = InnoDB;
insert ignore into holdfast_outbox_partition values (0), (1), (2), (3), (4), (5), (6), (7);
