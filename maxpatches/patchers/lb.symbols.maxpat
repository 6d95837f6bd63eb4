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
			190.0
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
		"description": "Sends the free voice to where labels lie in the latent space. A note that the instrument lacks moves by octaves. Press sound to hear it. Wire the outlet to lb.bridge.",
		"digest": "The free voice by octave, pitch class, dynamics and instrument",
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
						900.0,
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
						190.0
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
						900.0,
						52.0,
						100.0,
						20.0
					],
					"outlettype": [],
					"text": "lb.symbols",
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
						100.0,
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
						900.0,
						84.0,
						368.0,
						20.0
					],
					"outlettype": [],
					"text": "the free voice by labels",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						104.0,
						10.0,
						368.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						436.0,
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
					"id": "obj-5",
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
					"comment": "MIDI note, dynamics N, instrument NAME",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						68.0,
						151.3,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "route dynamics instrument"
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						240.0,
						116.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t i i"
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						240.0,
						148.0,
						30.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "/ 12"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						400.0,
						148.0,
						37.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "% 12"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						240.0,
						180.0,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "- 1"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						240.0,
						212.0,
						140.0,
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
					"fontsize": 11.0,
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
						66.0,
						240.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						305.0,
						180.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 4"
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						240.0,
						244.0,
						120.0,
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
						46.0,
						120.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						400.0,
						212.0,
						140.0,
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
					"fontsize": 11.0,
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
						112.0,
						460.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						465.0,
						180.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 0"
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						400.0,
						244.0,
						120.0,
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
						10.0,
						92.0,
						120.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "tab",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						560.0,
						212.0,
						140.0,
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
					"fontsize": 11.0,
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
						158.0,
						240.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						180.0,
						91.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess set 2"
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						560.0,
						244.0,
						120.0,
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
						10.0,
						138.0,
						120.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "umenu",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						212.0,
						120.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"items": [
						"altosax",
						",",
						"flute",
						",",
						"piano",
						",",
						"trumpet",
						",",
						"violin"
					],
					"fontsize": 11.0,
					"rounded": 6.0,
					"bgfillcolor_type": "color",
					"bgfillcolor_color": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"color": [
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
					"elementcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						270.0,
						66.0,
						120.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						244.0,
						100.0,
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
						270.0,
						46.0,
						100.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						110.0,
						148.0,
						96.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend symbol"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "newobj",
					"numinlets": 4,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						340.0,
						101.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pak altosax 4 0 2"
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						372.0,
						112.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/symbol"
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						212.0,
						98.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.sound"
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						720.0,
						244.0,
						68.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"text": "sound",
					"texton": "sound",
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
					"id": "obj-27",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						276.0,
						97.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/gate"
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						720.0,
						308.0,
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
					"id": "obj-29",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						720.0,
						340.0,
						85.3,
						22.0
					],
					"outlettype": [],
					"text": "send lb.sound"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-5",
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
						2
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
						"obj-8",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-7",
						1
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
						"obj-8",
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
						"obj-12",
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
						"obj-15",
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
						"obj-18",
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
						"obj-11",
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
						"obj-14",
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
						"obj-6",
						1
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
						"obj-22",
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
						1
					],
					"destination": [
						"obj-23",
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
						"obj-23",
						1
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
						"obj-23",
						2
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
						"obj-23",
						3
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
						"obj-4",
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
						"obj-26",
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
						"obj-28",
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
						"obj-27",
						0
					],
					"destination": [
						"obj-4",
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
