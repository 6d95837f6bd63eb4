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
			500.0,
			578.0
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
		"description": "Everything that comes with latent-bridge",
		"digest": "latent-bridge overview",
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
						1100.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.1,
							0.115,
							0.135,
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
						500.0,
						578.0
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
						1100.0,
						52.0,
						300.0,
						20.0
					],
					"outlettype": [],
					"text": "latent-bridge",
					"fontsize": 18.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						6.0,
						300.0,
						26.0
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
						1100.0,
						84.0,
						476.0,
						20.0
					],
					"outlettype": [],
					"text": "Start the bridge with make play; the lamp lights up when it answers.",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						32.0,
						476.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "bpatcher",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						1100,
						148.0,
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
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						54.0,
						480.0,
						96.0
					]
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						980.0,
						53.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pcontrol"
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						20.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.bridge",
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
						10.0,
						160.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						20.0,
						131.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.bridge.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						20.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "The connection to the bridge, with its state",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						162.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						52.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.keys",
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
						10.0,
						186.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						52.0,
						122.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.keys.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						52.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "Notes from MIDI and from the screen",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						188.0,
						362.0,
						18.0
					]
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
						84.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.xy",
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
						10.0,
						212.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						84.0,
						110.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.xy.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						84.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "XY pad on the principal axes of the latent space",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						214.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						116.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.latents",
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
						10.0,
						238.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						116.0,
						133.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.latents.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						116.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "All latent coordinates as sliders, with points to keep",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						240.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						148.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.symbols",
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
						10.0,
						264.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						148.0,
						142.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.symbols.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						148.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "The free voice by octave, pitch class, dynamics and instrument",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						266.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						180.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.trajectory",
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
						10.0,
						290.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						180.0,
						147.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.trajectory.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						180.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "The free voice moves along a line, a circle or a helix",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						292.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						212.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.presets",
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
						10.0,
						316.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						212.0,
						137.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.presets.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						212.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "Presets: everything that is set, under names",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						318.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						244.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "lb.heard",
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
						10.0,
						342.0,
						110.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						244.0,
						128.7,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load lb.heard.maxhelp"
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						244.0,
						362.0,
						20.0
					],
					"outlettype": [],
					"text": "What the bridge hears: notes, labels and latents",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						128.0,
						344.0,
						362.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						330.0,
						276.0,
						200.0,
						20.0
					],
					"outlettype": [],
					"text": "examples",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						376.0,
						200.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						308.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "1 MIDI keyboard",
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
						10.0,
						398.0,
						170.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						308.0,
						175.9,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load \"1 MIDI keyboard.maxpat\""
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						450.0,
						308.0,
						302.0,
						20.0
					],
					"outlettype": [],
					"text": "keys, and an offset of every note's timbre",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						188.0,
						401.0,
						302.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						340.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "2 XY instrument",
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
						10.0,
						428.0,
						170.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						340.0,
						173.2,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load \"2 XY instrument.maxpat\""
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						450.0,
						340.0,
						302.0,
						20.0
					],
					"outlettype": [],
					"text": "a pad, a trajectory, and labels to start from",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						188.0,
						431.0,
						302.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						372.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "3 Latent sequencer",
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
						10.0,
						458.0,
						170.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						372.0,
						190.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load \"3 Latent sequencer.maxpat\""
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						450.0,
						372.0,
						302.0,
						20.0
					],
					"outlettype": [],
					"text": "eight points, one after the other, with glides",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						188.0,
						461.0,
						302.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						404.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "4 Microphone to MIDI",
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
						10.0,
						488.0,
						170.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						404.0,
						202.5,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load \"4 Microphone to MIDI.maxpat\""
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						450.0,
						404.0,
						302.0,
						20.0
					],
					"outlettype": [],
					"text": "what the bridge hears, to any MIDI port",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						188.0,
						491.0,
						302.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-43",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						436.0,
						140.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "5 Morphing machine",
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
						10.0,
						518.0,
						170.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-44",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						170.0,
						436.0,
						196.5,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "load \"5 Morphing machine.maxpat\""
				}
			},
			{
				"box": {
					"id": "obj-45",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						450.0,
						436.0,
						302.0,
						20.0
					],
					"outlettype": [],
					"text": "two stored points and a slow wave between them",
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						188.0,
						521.0,
						302.0,
						18.0
					]
				}
			}
		],
		"lines": [
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
						"obj-7",
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
						"obj-9",
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
						"obj-10",
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
						"obj-5",
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
						"obj-5",
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
						"obj-19",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
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
						"obj-22",
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
						"obj-5",
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
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						0
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
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-34",
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
						"obj-5",
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
						"obj-5",
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
						"obj-5",
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
						"obj-5",
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
