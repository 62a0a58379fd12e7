create table if not exists holdfast_fence (
    transaction_id varchar(512) not null,
    participant_id varchar(200) not null,
    state varchar(10) not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (transaction_id, participant_id)
);
