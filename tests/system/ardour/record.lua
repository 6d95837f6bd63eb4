-- Run by ardour7-lua (or a later one) in an empty folder: makes a session, has a MIDI region put into it, plays that
-- into the bridge and records what the bridge plays.
--   EDIT     shell command that puts the region into the saved session
--   AUDIO    JACK port to record            MIDI  JACK port to play into
--   SECONDS  of the recording               LIMIT seconds after which it gives up
local start = os.time()
local seconds, limit = tonumber(os.getenv("SECONDS")), tonumber(os.getenv("LIMIT"))

local function say(...) print("step", os.time() - start, ...) io.stdout:flush() end

assert(AudioEngine:set_backend("JACK", "ardour", ""))
local session = create_session("dawtest", "dawtest", 48000)
assert(session, "no session")
local order, normal = ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal
local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
session:new_audio_track(1, 1, nil, 1, "rec", order, normal, true)
session:new_midi_track(midi, midi, true, ARDOUR.PluginInfo(), nil, nil, 1, "play", order, normal, true)
session:save_state("")
session = nil
close_session()
say("made")
assert(os.execute(os.getenv("EDIT")))

session = load_session("dawtest", "dawtest")
assert(session, "the session with the region does not open")
local play, rec = session:route_by_name("play"):to_track(), session:route_by_name("rec"):to_track()
assert(play:playlist():region_list():size() == 1, "the region is not there")
assert(play:output():midi(0):connect(os.getenv("MIDI")) == 0, "MIDI cannot be connected")
assert(rec:input():audio(0):connect(os.getenv("AUDIO")) == 0, "audio cannot be connected")
rec:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
session:maybe_enable_record(false)
session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
say("rolling")
while session:transport_sample() < seconds * 48000 and os.time() - start < limit do
  ARDOUR.LuaAPI.usleep(100000)
end
say("at sample", session:transport_sample())
session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
ARDOUR.LuaAPI.usleep(1500000) -- the butler writes the rest
session:save_state("")
say("saved")
os.exit(0) -- closing takes much longer than everything before
