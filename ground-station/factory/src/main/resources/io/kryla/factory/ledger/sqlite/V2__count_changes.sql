-- Grows with every license, authorisation, leaf and checkpoint: who keeps them in memory sees that there are more.
ALTER TABLE ledger ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
