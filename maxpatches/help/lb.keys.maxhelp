{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 0,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			100.0,
			100.0,
			820.0,
			720.0
		],
		"bglocked": 0,
		"openinpresentation": 0,
		"default_fontsize": 12.0,
		"default_fontface": 0,
		"default_fontname": "Arial",
		"gridonopen": 1,
		"gridsize": [
			15.0,
			15.0
		],
		"gridsnaponopen": 1,
		"objectsnaponopen": 1,
		"statusbarvisible": 2,
		"toolbarvisible": 1,
		"lefttoolbarpinned": 0,
		"toptoolbarpinned": 0,
		"righttoolbarpinned": 0,
		"bottomtoolbarpinned": 0,
		"toolbars_unpinned_last_save": 0,
		"tallnewobj": 0,
		"boxanimatetime": 200,
		"enablehscroll": 1,
		"enablevscroll": 1,
		"devicewidth": 0.0,
		"description": "Plays notes of one channel: from the keyboard on its face, from MIDI input, and from lists of pitch and velocity at its inlet. The sustain pedal (controller 64) holds notes, the wheel bends by two semitones; with legato, overlapping notes glide into each other for the time of glide. Wire the outlet to lb.bridge.",
		"digest": "Notes from MIDI and from the screen",
		"tags": "latent-bridge, OSC",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						20.0,
						289.2,
						20.0
					],
					"outlettype": [],
					"text": "lb.keys: Notes from MIDI and from the screen"
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						52.0,
						75.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							550.4
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "lb.keys",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										51.0
									],
									"outlettype": [],
									"text": "Plays notes of one channel: from the keyboard on its face, from MIDI input, and from lists of pitch and velocity at its inlet. The sustain pedal (controller 64) holds notes, the wheel bends by two semitones; with legato, overlapping notes glide into each other for the time of glide. Wire the outlet to lb.bridge."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										119.2,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "argument 1, channel (int): Channel 1 to 16; each has its own instrument. 1 when left out."
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										143.2,
										92.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "instrument flute"
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										143.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "New notes are played by another instrument."
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										20,
										191.2,
										480,
										170
									],
									"name": "lb.keys.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 2,
									"patching_rect": [
										20,
										386.79999999999995,
										480,
										96
									],
									"name": "lb.bridge.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										"",
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										520.0,
										364.4,
										116.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "receive lb.keys.help"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										508.4,
										142.0,
										22.0
									],
									"outlettype": [],
									"text": "send lb.keys.help.replies"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-6",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-7",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-7",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-9",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p basic",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						84.0,
						96.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							386.8
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "messages",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										21.0
									],
									"outlettype": [],
									"text": "Click one; docs/osc.md tells their arguments, units and ranges."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										87.2,
										100.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/note 69 100 1"
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										87.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "A key goes down; with velocity 0 it goes up."
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										87.2,
										86.7,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/note 69 0 1"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										127.2,
										118.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/instrument flute 0"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										127.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "New notes are played by another instrument."
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										167.2,
										66.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/bend 0."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										167.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "Pitch bend of all channels."
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										207.2,
										62.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/gain 0."
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										207.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "Output level of everything."
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										247.2,
										64.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/alive 0."
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										247.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "How far latents wander inside the posterior."
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										287.2,
										99.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/legato 1 0.1 0"
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										287.2,
										340.0,
										36.0
									],
									"outlettype": [],
									"text": "Overlapping notes of a channel glide into each other through the latent space."
								}
							},
							{
								"box": {
									"id": "obj-16",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										287.2,
										99.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/legato 0 0.1 0"
								}
							},
							{
								"box": {
									"id": "obj-17",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										344.8,
										103.3,
										22.0
									],
									"outlettype": [],
									"text": "send lb.keys.help"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										0
									],
									"destination": [
										"obj-17",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p messages",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						308.0,
						47.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							239.2
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "How to start the bridge",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										81.0
									],
									"outlettype": [],
									"text": "The bridge is a program of its own, beside Max: open a terminal in its folder and type   make play\nThe lamp of lb.bridge lights up when it answers. Its sound goes to the sound card, not through Max; to record it in Max or in Live use JACK, BlackHole or another loopback (docs/daw.md).\nOn another computer: start it with --osc-host 0.0.0.0 and give lb.bridge its address as first argument and the address of this computer as fourth."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										199.2,
										600.0,
										20.0
									],
									"outlettype": [],
									"text": "All addresses, all settings: docs/osc.md and rt/config/default.toml in that folder."
								}
							}
						],
						"lines": [],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p ?",
					"outlettype": [
						""
					]
				}
			}
		],
		"lines": [],
		"dependency_cache": [],
		"autosave": 0,
		"showrootpatcherontab": 0
	}
}
