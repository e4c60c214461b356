"""What a story is: dates, model, vocabulary, chronology, file formats. Pure: no database, no web, no clock of its own."""
