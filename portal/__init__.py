"""Parere: the participatory consultation portal of an Italian metropolitan city."""
