"""What a story is: dates, model, vocabulary, chronology, file formats. Pure: no database, web or clock of its own."""
