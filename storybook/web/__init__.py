"""Flask: one package per audience. A view parses, calls one service, renders or redirects."""
