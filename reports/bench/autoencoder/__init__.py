"""The benchmark `autoencoder`: a gradient step, training, and codes of thousands of dimensions."""
