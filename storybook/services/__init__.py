"""The use cases, one verb each, in rooms named after the steps of a story's life.

Each owns its transaction and knows no Flask. What all of them share stands at the top.
"""
