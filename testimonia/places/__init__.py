"""The gazetteer: places with their names, hierarchy and coordinates, looked up by name in any case form."""
