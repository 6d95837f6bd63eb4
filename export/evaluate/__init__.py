"""Scores of a model, from a checkpoint or a bundle: figures, a report and the model card."""
