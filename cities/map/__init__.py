"""The map of agreements: geometry, land, and the drawing that /map.svg shows."""
