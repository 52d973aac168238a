-- How a cube is divided into cells for its latent, for people: the stream states it by itself. NULL
-- where an earlier program wrote the encoding.

ALTER TABLE encodings ADD COLUMN grid TEXT CHECK (length(grid) > 0);
