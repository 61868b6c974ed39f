"""Methods: sound, pictures, bytes or text in; measured results out. Instruments know nothing of cases."""
