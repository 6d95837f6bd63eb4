/* A control for measurements: a JACK client that copies its input and does nothing else.
 * What it loses is lost to the machine, not to the program beside it. Usage: control SECONDS */
#include <jack/jack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static jack_port_t *in, *out;
static jack_client_t *client;
static volatile long gaps, cycles;
static jack_nframes_t last;

static int process(jack_nframes_t n, void *unused) {
    jack_nframes_t now = jack_last_frame_time(client);
    (void)unused;
    if (cycles && now - last != n) gaps++;
    last = now;
    cycles++;
    memcpy(jack_port_get_buffer(out, n), jack_port_get_buffer(in, n), n * sizeof(float));
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 2 || !(client = jack_client_open("control", JackNoStartServer, NULL))) return 1;
    in = jack_port_register(client, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    out = jack_port_register(client, "out", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    jack_set_process_callback(client, process, NULL);
    if (!in || !out || jack_activate(client)) return 1;
    jack_connect(client, "system:capture_1", "control:in");
    usleep((useconds_t)(atof(argv[1]) * 1e6));
    printf("%ld %ld\n", cycles, gaps);
    jack_client_close(client);
    return 0;
}
