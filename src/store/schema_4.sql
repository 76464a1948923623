-- Who signed a workbook, by batch. `cell` as in achievements; `nip` 18 digits; `signed_on` null where it is no date.
CREATE TABLE signatures (
    batch_id BIGINT NOT NULL REFERENCES batches (id),
    place BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    cell BIGINT NOT NULL,
    role TEXT NOT NULL,
    acting BIGINT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    nip TEXT,
    town TEXT,
    signed_on BIGINT,
    PRIMARY KEY (batch_id, place)
);
