"""Draft or edition -> layout (pure geometry) -> Plotly | SVG | table | one-file HTML. Every renderer only draws."""
