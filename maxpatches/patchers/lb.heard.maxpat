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
			80.0,
			100.0,
			480.0,
			366.0
		],
		"bglocked": 0,
		"openinpresentation": 1,
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
		"description": "Turns the transcription of the microphone on and shows it: notes on the keyboard, however many sound at once; labels as bars, the newest full and those before it fading; the latents, and a trace of the first two. Notes go on to MIDI when MIDI out is pressed. Wire the inlet to the left outlet of lb.bridge, and the left outlet to its inlet.",
		"digest": "What the bridge hears: notes, labels and latents",
		"tags": "latent-bridge",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "panel",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1460.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.16,
						0.18,
						0.21,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.16,
							0.18,
							0.21,
							1.0
						]
					},
					"border": 0,
					"rounded": 8,
					"background": 1,
					"ignoreclick": 1,
					"presentation": 1,
					"presentation_rect": [
						0.0,
						0.0,
						480.0,
						366.0
					]
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1460.0,
						52.0,
						82.0,
						20.0
					],
					"outlettype": [],
					"text": "lb.heard",
					"fontsize": 14.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						7.0,
						82.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1460.0,
						84.0,
						384.0,
						20.0
					],
					"outlettype": [],
					"text": "live transcription",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						88.0,
						10.0,
						384.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "inlet",
					"numinlets": 0,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						20.0,
						30.0,
						30.0
					],
					"outlettype": [
						""
					],
					"comment": "what lb.bridge puts out",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						596.0,
						30.0,
						30.0
					],
					"outlettype": [],
					"comment": "OSC messages for lb.bridge",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						140.0,
						596.0,
						30.0,
						30.0
					],
					"outlettype": [],
					"comment": "pitch and velocity",
					"index": 2
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1160.0,
						596.0,
						30.0,
						30.0
					],
					"outlettype": [],
					"comment": "latents",
					"index": 3
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 7,
					"numoutlets": 7,
					"patching_rect": [
						140.0,
						68.0,
						456.2,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						"",
						""
					],
					"text": "route /lb/heard/note /lb/heard/symbols /lb/heard/latent /lb/status.reply /lb/done /lb/fail"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						132.0,
						56.0,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 13"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						164.0,
						54.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "gate 1 1"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						196.0,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						228.0,
						68.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"text": "listen",
					"texton": "listen",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						402.0,
						8.0,
						68.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						260.0,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t i b 0"
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						292.0,
						102.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/listen"
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						356.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 1"
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						388.0,
						73.3,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel /lb/listen"
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						420.0,
						76.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "delay 15000"
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						452.0,
						28.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "t 1"
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						140.0,
						116.0,
						43.5,
						20.0
					],
					"outlettype": [],
					"text": "notes"
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						140.0,
						148.0,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t l l l"
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						190.0,
						212.0,
						69.3,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "unpack 0 0"
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "kslider",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						190.0,
						276.0,
						150.0,
						53.0
					],
					"outlettype": [
						"int",
						"int"
					],
					"range": 61,
					"offset": 36,
					"mode": 1,
					"ignoreclick": 1,
					"hkeycolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						304.0,
						460.0,
						52.0
					]
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						360.0,
						180.0,
						72.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"text": "MIDI out",
					"texton": "MIDI out",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						324.0,
						8.0,
						72.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						300.0,
						244.0,
						34.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "gate"
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						360.0,
						372.0,
						69.3,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "unpack 0 0"
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						360.0,
						404.0,
						35.9,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "flush"
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 0,
					"patching_rect": [
						360.0,
						436.0,
						50.6,
						22.0
					],
					"outlettype": [],
					"text": "noteout"
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						450.0,
						244.0,
						35.9,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel 0"
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						190.0,
						372.0,
						36.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "clear"
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						220.0,
						468.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.quiet"
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						560.0,
						116.0,
						49.8,
						20.0
					],
					"outlettype": [],
					"text": "labels"
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 4,
					"patching_rect": [
						560.0,
						148.0,
						88.6,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						""
					],
					"text": "unpack s 0 0 0"
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						680.0,
						180.0,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						680.0,
						212.0,
						160.0,
						20.0
					],
					"outlettype": [],
					"text": "-",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						74.0,
						37.0,
						160.0,
						20.0
					]
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "newobj",
					"numinlets": 6,
					"numoutlets": 6,
					"patching_rect": [
						560.0,
						244.0,
						227.2,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						""
					],
					"text": "sel \"Alto Sax\" Flute Piano Trumpet Violin"
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						324.0,
						28.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "t i"
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						282.4,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0"
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						600.0,
						282.4,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "1"
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						640.0,
						282.4,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "2"
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						680.0,
						282.4,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "3"
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						282.4,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "4"
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						560.0,
						362.4,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t b i i"
				}
			},
			{
				"box": {
					"id": "obj-43",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						394.4,
						57.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0 1 2 3 4"
				}
			},
			{
				"box": {
					"id": "obj-44",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						362.4,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-45",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						426.4,
						270.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr ($f1 == $f2) + ($f1 != $f2) * $f3 * 0.5 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-46",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						750.0,
						394.4,
						90.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 0. 0. 0. 0. 0."
				}
			},
			{
				"box": {
					"id": "obj-47",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						458.4,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 5,
					"settype": 1,
					"setstyle": 1,
					"setminmax": [
						0.0,
						1.0
					],
					"ignoreclick": 1,
					"spacing": 2,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						54.0,
						230.0,
						34.0
					]
				}
			},
			{
				"box": {
					"id": "obj-48",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						640.0,
						458.4,
						70.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"altosax",
						"flute",
						"piano",
						"trumpet",
						"violin"
					],
					"ignoreclick": 1,
					"fontsize": 10.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						90.0,
						230.0,
						20.0
					]
				}
			},
			{
				"box": {
					"id": "obj-49",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						720.0,
						461.59999999999997,
						66.0,
						20.0
					],
					"outlettype": [],
					"text": "instrument",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						38.0,
						66.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-50",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						850.0,
						362.4,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t b i i"
				}
			},
			{
				"box": {
					"id": "obj-51",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						850.0,
						394.4,
						97.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0 1 2 3 4 5 6 7 8"
				}
			},
			{
				"box": {
					"id": "obj-52",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1010.0,
						362.4,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-53",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						850.0,
						426.4,
						270.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr ($f1 == $f2) + ($f1 != $f2) * $f3 * 0.5 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-54",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1040.0,
						394.4,
						90.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 0. 0. 0. 0. 0. 0. 0. 0. 0."
				}
			},
			{
				"box": {
					"id": "obj-55",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						850.0,
						458.4,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 9,
					"settype": 1,
					"setstyle": 1,
					"setminmax": [
						0.0,
						1.0
					],
					"ignoreclick": 1,
					"spacing": 2,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						130.0,
						190.0,
						34.0
					]
				}
			},
			{
				"box": {
					"id": "obj-56",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						930.0,
						458.4,
						70.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"0",
						"1",
						"2",
						"3",
						"4",
						"5",
						"6",
						"7",
						"8"
					],
					"ignoreclick": 1,
					"fontsize": 10.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						166.0,
						190.0,
						20.0
					]
				}
			},
			{
				"box": {
					"id": "obj-57",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1010.0,
						461.59999999999997,
						66.0,
						20.0
					],
					"outlettype": [],
					"text": "octave",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						114.0,
						66.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-58",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						560.0,
						541.5999999999999,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t b i i"
				}
			},
			{
				"box": {
					"id": "obj-59",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						573.5999999999999,
						140.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0 1 2 3 4 5 6 7 8 9 10 11"
				}
			},
			{
				"box": {
					"id": "obj-60",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						541.5999999999999,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-61",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						605.5999999999999,
						270.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr ($f1 == $f2) + ($f1 != $f2) * $f3 * 0.5 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-62",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						750.0,
						573.5999999999999,
						90.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0."
				}
			},
			{
				"box": {
					"id": "obj-63",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						637.5999999999999,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 12,
					"settype": 1,
					"setstyle": 1,
					"setminmax": [
						0.0,
						1.0
					],
					"ignoreclick": 1,
					"spacing": 2,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						210.0,
						130.0,
						260.0,
						34.0
					]
				}
			},
			{
				"box": {
					"id": "obj-64",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						640.0,
						637.5999999999999,
						70.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"C",
						"C#",
						"D",
						"D#",
						"E",
						"F",
						"F#",
						"G",
						"G#",
						"A",
						"A#",
						"B"
					],
					"ignoreclick": 1,
					"fontsize": 10.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						210.0,
						166.0,
						260.0,
						20.0
					]
				}
			},
			{
				"box": {
					"id": "obj-65",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						720.0,
						640.8,
						66.0,
						20.0
					],
					"outlettype": [],
					"text": "pitch class",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						210.0,
						114.0,
						66.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-66",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						850.0,
						541.5999999999999,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t b i i"
				}
			},
			{
				"box": {
					"id": "obj-67",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						850.0,
						573.5999999999999,
						57.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "0 1 2 3 4"
				}
			},
			{
				"box": {
					"id": "obj-68",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1010.0,
						541.5999999999999,
						74.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-69",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 1,
					"patching_rect": [
						850.0,
						605.5999999999999,
						270.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "vexpr ($f1 == $f2) + ($f1 != $f2) * $f3 * 0.5 @scalarmode 1"
				}
			},
			{
				"box": {
					"id": "obj-70",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						1040.0,
						573.5999999999999,
						90.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 0. 0. 0. 0. 0."
				}
			},
			{
				"box": {
					"id": "obj-71",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						850.0,
						637.5999999999999,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 5,
					"settype": 1,
					"setstyle": 1,
					"setminmax": [
						0.0,
						1.0
					],
					"ignoreclick": 1,
					"spacing": 2,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						250.0,
						54.0,
						220.0,
						34.0
					]
				}
			},
			{
				"box": {
					"id": "obj-72",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						930.0,
						637.5999999999999,
						70.0,
						22.0
					],
					"outlettype": [
						"int",
						"",
						""
					],
					"tabs": [
						"pp",
						"p",
						"mf",
						"f",
						"ff"
					],
					"ignoreclick": 1,
					"fontsize": 10.0,
					"rounded": 6.0,
					"spacing_x": 2.0,
					"spacing_y": 2.0,
					"bgcolor": [
						0.0,
						0.0,
						0.0,
						0.0
					],
					"tabcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"htabcolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htextcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						250.0,
						90.0,
						220.0,
						20.0
					]
				}
			},
			{
				"box": {
					"id": "obj-73",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1010.0,
						640.8,
						66.0,
						20.0
					],
					"outlettype": [],
					"text": "dynamics",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						250.0,
						38.0,
						66.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-74",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1160.0,
						116.0,
						56.1,
						20.0
					],
					"outlettype": [],
					"text": "latents"
				}
			},
			{
				"box": {
					"id": "obj-75",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						1160.0,
						148.0,
						45.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "t l l l"
				}
			},
			{
				"box": {
					"id": "obj-76",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						1270.0,
						212.0,
						56.6,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl slice 2"
				}
			},
			{
				"box": {
					"id": "obj-77",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						1300.0,
						276.0,
						120.0,
						60.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 32,
					"settype": 1,
					"setstyle": 1,
					"signed": 1,
					"setminmax": [
						-5.0,
						5.0
					],
					"ignoreclick": 1,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						206.0,
						220.0,
						90.0
					]
				}
			},
			{
				"box": {
					"id": "obj-78",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						1300.0,
						372.0,
						120.0,
						60.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 2,
					"settype": 1,
					"setstyle": 3,
					"signed": 1,
					"setminmax": [
						-5.0,
						5.0
					],
					"ignoreclick": 1,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						240.0,
						206.0,
						230.0,
						90.0
					]
				}
			},
			{
				"box": {
					"id": "obj-79",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1300.0,
						452.0,
						100.0,
						20.0
					],
					"outlettype": [],
					"text": "latents",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						188.0,
						100.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-80",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1300.0,
						484.0,
						140.0,
						20.0
					],
					"outlettype": [],
					"text": "trace of the first two",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						240.0,
						188.0,
						140.0,
						18.0
					]
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
						"obj-8",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						3
					],
					"destination": [
						"obj-9",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-9",
						0
					],
					"destination": [
						"obj-10",
						1
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
						"obj-11",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
						0
					],
					"destination": [
						"obj-12",
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
						"obj-13",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-14",
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
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						2
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						4
					],
					"destination": [
						"obj-15",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						5
					],
					"destination": [
						"obj-15",
						0
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-15",
						0
					],
					"destination": [
						"obj-16",
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
						"obj-18",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						1
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
						"obj-17",
						0
					],
					"destination": [
						"obj-18",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						0
					],
					"destination": [
						"obj-10",
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
						"obj-20",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-20",
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
						"obj-20",
						1
					],
					"destination": [
						"obj-21",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						0
					],
					"destination": [
						"obj-22",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						1
					],
					"destination": [
						"obj-22",
						1
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-20",
						2
					],
					"destination": [
						"obj-24",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-24",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-25",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						0
					],
					"destination": [
						"obj-26",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						1
					],
					"destination": [
						"obj-26",
						1
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						0
					],
					"destination": [
						"obj-27",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						1
					],
					"destination": [
						"obj-27",
						1
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-26",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-29",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-28",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						0
					],
					"destination": [
						"obj-26",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						0
					],
					"destination": [
						"obj-22",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						1
					],
					"destination": [
						"obj-32",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-33",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						0
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-35",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						0
					],
					"destination": [
						"obj-37",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						1
					],
					"destination": [
						"obj-38",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-38",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						2
					],
					"destination": [
						"obj-39",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-39",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						3
					],
					"destination": [
						"obj-40",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-40",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						4
					],
					"destination": [
						"obj-41",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						0
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						0
					],
					"destination": [
						"obj-43",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						1
					],
					"destination": [
						"obj-45",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						2
					],
					"destination": [
						"obj-44",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-44",
						0
					],
					"destination": [
						"obj-48",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-43",
						0
					],
					"destination": [
						"obj-45",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-46",
						0
					],
					"destination": [
						"obj-45",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-45",
						0
					],
					"destination": [
						"obj-47",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-45",
						0
					],
					"destination": [
						"obj-45",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-36",
						0
					],
					"destination": [
						"obj-42",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-50",
						0
					],
					"destination": [
						"obj-51",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-50",
						1
					],
					"destination": [
						"obj-53",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-50",
						2
					],
					"destination": [
						"obj-52",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-52",
						0
					],
					"destination": [
						"obj-56",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-51",
						0
					],
					"destination": [
						"obj-53",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-54",
						0
					],
					"destination": [
						"obj-53",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-53",
						0
					],
					"destination": [
						"obj-55",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-53",
						0
					],
					"destination": [
						"obj-53",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						1
					],
					"destination": [
						"obj-50",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-58",
						0
					],
					"destination": [
						"obj-59",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-58",
						1
					],
					"destination": [
						"obj-61",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-58",
						2
					],
					"destination": [
						"obj-60",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-60",
						0
					],
					"destination": [
						"obj-64",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-59",
						0
					],
					"destination": [
						"obj-61",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-62",
						0
					],
					"destination": [
						"obj-61",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-61",
						0
					],
					"destination": [
						"obj-63",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-61",
						0
					],
					"destination": [
						"obj-61",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						2
					],
					"destination": [
						"obj-58",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-66",
						0
					],
					"destination": [
						"obj-67",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-66",
						1
					],
					"destination": [
						"obj-69",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-66",
						2
					],
					"destination": [
						"obj-68",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-68",
						0
					],
					"destination": [
						"obj-72",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-67",
						0
					],
					"destination": [
						"obj-69",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-70",
						0
					],
					"destination": [
						"obj-69",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-69",
						0
					],
					"destination": [
						"obj-71",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-69",
						0
					],
					"destination": [
						"obj-69",
						2
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						3
					],
					"destination": [
						"obj-66",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						2
					],
					"destination": [
						"obj-75",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-75",
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
						"obj-75",
						1
					],
					"destination": [
						"obj-76",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-75",
						2
					],
					"destination": [
						"obj-77",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-76",
						0
					],
					"destination": [
						"obj-78",
						0
					],
					"order": 0
				}
			}
		],
		"dependency_cache": [],
		"autosave": 0
	}
}
