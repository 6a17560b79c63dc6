-- Who confirmed that what a manifest lists has arrived; once for a hand-over, which itself is only added to.
create table tongban.hand_over_receipts (
    hand_over uuid primary key references tongban.hand_overs,
    at        timestamptz not null,
    by_user   text not null,
    by_name   text not null
);
