// The first file of Recording.
