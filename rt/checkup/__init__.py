"""What `latent-bridge doctor` looks at: the installation, and the machine it plays on. Runs on the main thread."""
