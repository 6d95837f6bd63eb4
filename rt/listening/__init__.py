"""What the host does with the microphone: hear, tell by MIDI and OSC, and sound again. One thread owns all of it."""
